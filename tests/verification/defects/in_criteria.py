"""Defects of the rules: thresholds, dates and evidence."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_AT_LEAST = "engine.rules.criteria.at_least:AtLeast"

DEFECTS = (
    Defect(
        "threshold-one-too-high",
        "a threshold is met above its number, no longer at it",
        ("I4",),
        (Edit(f"{_AT_LEAST}._reached", ">= self.wanted", "> self.wanted"),),
        DefectLevel.PURE,
    ),
    Defect(
        "since-the-last-fact",
        "a badge is dated by the last fact of its measure, not by the one that earned it",
        ("I4",),
        (
            Edit(
                f"{_AT_LEAST}.prove",
                "Proof(facts[position].time",
                "Proof(facts[-1].time",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "evidence-one-short",
        "the fact that earned a badge is left out of its evidence",
        ("I4",),
        (
            Edit(
                f"{_AT_LEAST}.prove",
                "for fact in evidence)",
                "for fact in evidence[:-1] or evidence)",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "evidence-names-the-next-fact",
        "evidence goes on to the fact after the one that earned the badge",
        ("I4",),
        (
            Edit(
                f"{_AT_LEAST}.prove",
                "for fact in evidence)",
                "for fact in facts[: position + 2])",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "evidence-unsorted",
        "evidence is in the order of the facts in memory",
        ("I4",),
        (
            Edit(
                "engine.rules.criteria.criterion:listed",
                "sorted(set(evidence))",
                "dict.fromkeys(evidence)",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "all-of-since-the-earliest",
        "a badge that asks for several things is dated by the first of them",
        ("I4",),
        (
            Edit(
                "engine.rules.criteria.all_of:AllOf.prove",
                "max(proof.time for",
                "min(proof.time for",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "any-of-since-the-latest",
        "of two ways to a badge the later one gives date and evidence",
        ("I4",),
        (Edit("engine.rules.criteria.any_of:AnyOf.prove", "return min(", "return max("),),
        DefectLevel.PURE,
    ),
    Defect(
        "includes-the-last-of-each",
        "a milestone published twice counts from the last time",
        ("I4",),
        (
            Edit(
                "engine.rules.criteria.includes_all:IncludesAll.prove",
                "first.setdefault(value, fact)",
                "first[value] = fact",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "champion-without-certified",
        "the last badge that another one asks for is not looked at: the program's",
        ("I4",),
        (
            Edit("engine.rules.criteria.holds:Holds.met", "self.wanted", "self.wanted[:-1]"),
            Edit("engine.rules.criteria.holds:Holds.prove", "self.wanted", "self.wanted[:-1]"),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "excellence-to-the-respondent",
        "a top rating counts for the one who gave it",
        ("I4",),
        (
            Edit(
                "engine.rules.measure:Measure.people",
                "fact.data.get(only)",
                'fact.data.get("respondent_id" if only == "about_ids" else only)',
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "one-condition-is-enough",
        "a fact counts in a measure if it meets any of its conditions",
        ("I4",),
        (
            Edit(
                "engine.rules.measure:Measure.counts",
                "if not condition.met(fact):\n                return False\n        return True",
                "if condition.met(fact):\n                return True\n"
                "        return not self.tests",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "invited-for-any-rating",
        "a survey invites to give kudos whatever its rating",
        ("I1",),
        (
            Edit(
                "engine.rules.effects.kudos_invited:InviteKudos.of",
                "not all(c.met(fact) for c in self.where)",
                "not any(c.met(fact) for c in self.where)",
            ),
        ),
        DefectLevel.DATABASE,
        "every_rating",
    ),
)
