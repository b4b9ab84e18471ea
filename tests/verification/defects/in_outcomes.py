"""Defects of outcomes: what counts as a gain, when a mentor is warned, and what is shown of few."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit
from tests.verification.defects.outcomes_checks import SCENARIO

_SEEN = "engine.queries.outcomes.warnings:_Seen"
_PAIRS = "engine.queries.outcomes.gains:pairs"


def _of(name: str, what: str, check: str, edit: Edit) -> Defect:
    return Defect(name, what, (check,), (edit,), DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "outcome-by-oneself",
        "what a mentor or a learner judged counts as an outcome",
        "O1",
        Edit("engine.queries.outcomes.recorded:_assessed", "counts=independent and (", "counts=("),
    ),
    _of(
        "outcome-first-end",
        "a gain is from the baseline to the first assessment after it, not the last",
        "O1",
        Edit(_PAIRS, "lasts[key].order < each.order", "lasts[key].order > each.order"),
    ),
    _of(
        "outcome-backwards",
        "a final that came before the baseline makes a pair",
        "O1",
        Edit(_PAIRS, "if firsts[key].order < lasts[key].order", "if True"),
    ),
    _of(
        "warned-a-day-early",
        "a mentor is warned of silence on its last allowed day",
        "O2",
        Edit(
            f"{_SEEN}._silent",
            "if passed <= timedelta(days=days)",
            "if passed < timedelta(days=days)",
        ),
    ),
    _of(
        "warned-of-one-delay",
        "one late checkpoint of the last is enough for a warning",
        "O2",
        Edit(f"{_SEEN}._late", "not all(each.missed", "not any(each.missed"),
    ),
    _of(
        "warned-of-others",
        "checkpoints with another mentor count for a mentor's warning",
        "O2",
        Edit(f"{_SEEN}._late", " if one.mentor in each.mentors", ""),
    ),
    _of(
        "warned-of-a-rise",
        "an assessment must rise by two not to be flat",
        "O2",
        Edit(f"{_SEEN}._flat", "after.total > before.total", "after.total > before.total + 1"),
    ),
    _of(
        "warned-too-low",
        "a row is low only below the level that the policy names",
        "O2",
        Edit(f"{_SEEN}._low", "if rated <= most", "if rated < most"),
    ),
    _of(
        "few-shown",
        "what is usual is shown over four learners and fewer",
        "O3",
        Edit(
            "engine.queries.outcomes.spread:shown",
            "if usual is not None and usual.shown else None",
            "",
        ),
    ),
    _of(
        "stays-by-one-meeting",
        "one meeting in a quarter is enough to be active",
        "O4",
        Edit("engine.queries.outcomes.retention:active", "if n >= ACTIVE_FROM", "if n >= 1"),
    ),
)
