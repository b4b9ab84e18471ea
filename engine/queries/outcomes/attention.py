"""Which mentors a coordinator should look at: about to lapse, overloaded, or without recognition
for a year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine.projections.terms import Term
from engine.queries.outcomes.recorded import Meeting
from engine.queries.outcomes.warnings import Guided, OpenLoops
from events.instants import Instant, from_datetime, to_datetime

OVERLOADED_FROM = 5
"""From how many learners at a time a mentor may have too many."""
LAPSES_WITHIN = timedelta(days=90)
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A mentor whose highest stage ends soon, or ended while the time of grace runs."""

    mentor: str
    stage: str
    until: Instant


def lapsing(
    terms: Mapping[str, Mapping[str, Iterable[Term]]], now: Instant, grace_days: int
) -> list[Lapsing]:
    """Those whose highest stage ends within 90 days, or ended within the days of grace: the
    earliest end first. `terms`: by mentor and stage, each mentor's lowest stage first."""
    at, ending = to_datetime(now), []
    for mentor, of_stage in terms.items():
        highest = [
            (stage, term)
            for stage, held in of_stage.items()
            for term in held
            if term.begins <= now
            and (term.ends is None or at - timedelta(days=grace_days) < to_datetime(term.ends))
        ][-1:]
        for stage, term in highest:
            if term.ends is not None and to_datetime(term.ends) <= at + LAPSES_WITHIN:
                ending.append(Lapsing(mentor, stage, term.ends))
    return sorted(ending, key=lambda one: (one.until, one.mentor))


def loads(guided: Iterable[Guided], loops: OpenLoops) -> dict[str, int]:
    """How many learners each mentor has in loops that go on."""
    learners: dict[str, set[str]] = defaultdict(set)
    for each in guided:
        if loops.is_open(each.loop, each.learner):
            learners[each.mentor].add(each.learner)
    return {mentor: len(names) for mentor, names in learners.items()}


def overloaded(of: Mapping[str, int]) -> list[tuple[str, int]]:
    """The mentors with five learners or more at a time, the most first."""
    many = [(mentor, n) for mentor, n in of.items() if n >= OVERLOADED_FROM]
    return sorted(many, key=lambda one: (-one[1], one[0]))


def active_since(meetings: Iterable[Meeting], now: Instant) -> frozenset[str]:
    """Who met as a mentor within the last year."""
    since = year_before(now)
    return frozenset(name for each in meetings if since < each.at <= now for name in each.mentors)


def year_before(now: Instant) -> Instant:
    """The instant 365 days earlier."""
    return from_datetime(to_datetime(now) - YEAR)
