"""How much learners' portfolios rose in a cohort, and how their finals look.

A pair is a learner in a cohort with a baseline and a later interim or final assessment: the first
baseline and the last of the others, as the `gain` of an indicator takes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.queries.outcomes.recorded import Assessed, Checkpoint

_ENDS = frozenset({"interim", "final"})


@dataclass(frozen=True, slots=True)
class GainPair:
    """A learner in a cohort who has both ends."""

    cohort: str
    learner: str
    first: Assessed
    last: Assessed

    @property
    def gain(self) -> int:
        """How much the total rose."""
        return self.last.total - self.first.total

    @property
    def mentors(self) -> frozenset[str]:
        """Whom it is credited to: who mentored the learner at either end."""
        return self.first.mentors | self.last.mentors


def pairs(assessments: Iterable[Assessed], mentor: str | None = None) -> list[GainPair]:
    """The pairs of counting assessments, by cohort and learner. `mentor`: over those that name them
    alone, as for an indicator of theirs."""
    firsts: dict[tuple[str, str], Assessed] = {}
    lasts: dict[tuple[str, str], Assessed] = {}
    for each in assessments:
        if not each.counts or (mentor is not None and mentor not in each.mentors):
            continue
        key = (each.cohort, each.learner)
        if each.phase == "baseline":
            if key not in firsts or each.order < firsts[key].order:
                firsts[key] = each
        elif each.phase in _ENDS and (key not in lasts or lasts[key].order < each.order):
            lasts[key] = each
    return [
        GainPair(*key, firsts[key], lasts[key])
        for key in sorted(firsts.keys() & lasts.keys())
        if firsts[key].order < lasts[key].order
    ]


def by_cohort(found: Iterable[GainPair]) -> dict[str, list[int]]:
    """The gains of pairs, by cohort."""
    gains: dict[str, list[int]] = defaultdict(list)
    for pair in found:
        gains[pair.cohort].append(pair.gain)
    return dict(gains)


def finals(assessments: Iterable[Assessed], mentor: str | None = None) -> list[Assessed]:
    """The last counting final of each learner in each cohort."""
    last: dict[tuple[str, str], Assessed] = {}
    for each in assessments:
        if not each.counts or each.phase != "final":
            continue
        if mentor is not None and mentor not in each.mentors:
            continue
        key = (each.cohort, each.learner)
        if key not in last or last[key].order < each.order:
            last[key] = each
    return [last[key] for key in sorted(last)]


def baselines(assessments: Iterable[Assessed]) -> list[Assessed]:
    """The first counting baseline of each learner in each cohort."""
    first: dict[tuple[str, str], Assessed] = {}
    for each in assessments:
        if each.counts and each.phase == "baseline":
            key = (each.cohort, each.learner)
            if key not in first or each.order < first[key].order:
                first[key] = each
    return [first[key] for key in sorted(first)]


def kept_shares(checkpoints: Iterable[Checkpoint]) -> Mapping[tuple[str, str], Fraction]:
    """By cohort and learner, the share of checkpoints that were there in time; excused ones are
    left out."""
    met: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for each in checkpoints:
        if each.cause != "excused":
            met[each.cohort, each.learner].append(each.result == "on_time")
    return {key: Fraction(sum(kept), len(kept)) for key, kept in met.items()}
