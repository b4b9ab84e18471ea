"""Defects of eligibility: each comparison of what is asked as of an instant."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit
from tests.verification.defects.eligibility_checks import JUDGED, SCENARIO

_PERSON = "engine.projections.eligibility:PersonAsOf"


def _of(name: str, what: str, edit: Edit) -> Defect:
    return Defect(name, what, (JUDGED,), (edit,), DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "eligible-without-the-instant",
        "a fact at the very instant that is asked for does not count",
        Edit(
            "engine.queries.eligibility:of_facts",
            "fact.time <= question.as_of",
            "fact.time < question.as_of",
        ),
    ),
    _of(
        "eligible-in-any-window",
        "a window has no beginning",
        Edit(f"{_PERSON}._folded", "if fact.time >= since", "if fact.time"),
    ),
    _of(
        "eligible-above-the-number",
        "a measure must be above the number that is asked for",
        Edit(f"{_PERSON}._at_least", "have >= asked.wanted", "have > asked.wanted"),
    ),
    _of(
        "eligible-without-a-sample",
        "a mean of too few counts as one of enough",
        Edit(
            "engine.rules.aggregates.judgement:Judgement.reached",
            "self.sample >= sample",
            "self.sample >= 1",
        ),
    ),
    _of(
        "eligible-after-the-term",
        "a badge is in good standing whose term is over",
        Edit(
            f"{_PERSON}._awards",
            "until is None or self._as_of < until",
            "until is None or self._as_of",
        ),
    ),
)
