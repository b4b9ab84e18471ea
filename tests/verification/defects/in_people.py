"""Defects of whom a fact counts for, of points, and of some of several criteria."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit
from tests.verification.defects.language import JUDGED, SCENARIO

_POINTS = "engine.rules.criteria.points:Points"


def _of(name: str, what: str, *edits: Edit) -> Defect:
    return Defect(name, what, (JUDGED,), edits, DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "mentors-as-mentees",
        "those whom `none_of` names are counted too",
        Edit("engine.rules.people:People.of", "for one in self.none_of", "for one in ()"),
    ),
    _of(
        "oneself-among-the-others",
        "one has met oneself",
        Edit(
            "engine.rules.aggregates.distinct:Distinct.of",
            "difference((person,)) if self.others",
            "difference(()) if self.others",
        ),
    ),
    _of(
        "no-mentor-is-at-most-one",
        "a list that is absent has no entries, and so at most one",
        Edit(
            "engine.rules.conditions.list_size:ListSize.met",
            "isinstance(entries, list) and TESTS[self.test](len(entries), self.wanted)",
            "TESTS[self.test](len(entries or ()), self.wanted)",
        ),
    ),
    _of(
        "weights-for-nothing",
        "every measure of points weighs one",
        Edit(f"{_POINTS}._points", "weight * measure", "MILLION * measure"),
        Edit(f"{_POINTS}.prove", "total += weight *", "total += MILLION *"),
    ),
    _of(
        "points-on-the-last-fact",
        "of all the facts that gave points the last is the only evidence",
        Edit(f"{_POINTS}.prove", "listed(map(of_fact, evidence))", "(of_fact(fact),)"),
    ),
    _of(
        "some-of-since-the-first",
        "some of several criteria are met since the first of them",
        Edit("engine.rules.criteria.some_of:SomeOf.prove", "earliest[-1].time", "earliest[0].time"),
    ),
    _of(
        "some-of-on-all-of-them",
        "the evidence is that of all parts that are met",
        Edit(
            "engine.rules.criteria.some_of:SomeOf.prove",
            "for proof in earliest for",
            "for proof in proofs for",
        ),
    ),
)
