"""Defects of the operators' console: who is let in, what is written down, what stays hidden."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE

DEFECTS = (
    Defect(
        "console-for-everybody",
        "everybody who is signed in reads what operators read",
        ("O1",),
        (
            Edit(
                "web.api.ops.asking:operator",
                "if not access.as_operator(principal):",
                "if principal is None:",
            ),
            Edit(
                "web.pages.ops.frame:operator",
                "if not access.as_operator(principal):",
                "if principal is None:",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "reveal-unaudited",
        "that somebody looked at a refused record is not written down",
        ("O2",),
        (
            Edit(
                "engine.store.dead_letters.decisions:reveal",
                "if entry is not None:",
                "if entry is None:",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "reveal-for-no-reason",
        "blanks are a reason",
        ("O2",),
        (
            Edit(
                "web.api.ops.asking:readable_reason",
                "1 <= len(text) <= MOST_OF_A_REASON and text.isprintable()",
                "len(text) <= MOST_OF_A_REASON",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "note-revealed",
        "a revealed record shows the private note in it",
        ("O3",),
        (
            Edit(
                "engine.queries.revealed_record:revealed",
                "with_notes_hidden(record.value)",
                "record.value",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "operators-are-coordinators",
        "an operator may ask for what coordinators of any program may",
        ("O4",),
        (
            Edit(
                "web.policy.access:as_coordinator",
                "return principal.coordinates(program)",
                "return principal.coordinates(program) or as_operator(principal)",
            ),
        ),
        _SURFACE,
    ),
)
