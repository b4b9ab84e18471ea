"""Defects of private notes: whose they are, who reads them, and what is left of them."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE

DEFECTS = (
    Defect(
        "note-not-bound",
        "a note that opens is shown, whichever kudos it was written for",
        ("N1",),
        (
            Edit(
                "web.notes.opening:NoteOpener._unsealed",
                "any(bound.get(k) != v for k, v in wanted.items())",
                "not wanted",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "notes-read-without-entry",
        "what a coordinator reads is not written down",
        ("N2",),
        (
            Edit(
                "web.notes.supervised:_record",
                'audit_log.note(tx, ACTION, subject, purpose, {"program": program, '
                '"kudos_ids": ids})',
                "del purpose",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "entry-for-each-note",
        "each note that a coordinator reads is an entry of its own",
        ("N2",),
        (
            Edit(
                "web.notes.supervised:_record",
                "audit_log.note(tx, ACTION, subject, purpose, ",
                "for _ in ids:\n        audit_log.note(tx, ACTION, subject, purpose, ",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "reads-not-counted",
        "recipients do not learn that coordinators read their notes",
        ("N2",),
        (
            Edit(
                "web.notes.supervised:_record",
                "note_reads.add(tx, program, ids, now, by_hash)",
                "del count",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "note-shown-to-its-giver",
        "the list of my notes has those that I wrote",
        ("W1", "N3"),
        (Edit("web.notes.received:read", "KudosWanted(recipient=me)", "KudosWanted(giver=me)"),),
        _SURFACE,
    ),
    Defect(
        "erased-key-comes-back",
        "an erased person gets a new key before they are described again",
        ("N4",),
        (
            Edit(
                "web.notes.recipient_keys:read",
                "key is None and described_since(directory, program, participant)",
                "key is None",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "services-may-everything",
        "a service does what its token does not say",
        ("N5",),
        (
            Edit(
                "web.identity.principal:Principal.serves",
                " and permission in r.may",
                "",
            ),
        ),
        _SURFACE,
    ),
)
