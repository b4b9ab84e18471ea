"""Cohorts in order, what was usual in each, and whether the next one did better.

A cohort begins with its first assessment or checkpoint. It has ended when a final of it is there
and for four weeks nothing of it was assessed, closed or due.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from engine.queries.outcomes import gains
from engine.queries.outcomes.recorded import OutcomeFacts
from engine.queries.outcomes.spread import Quartiles, shown
from engine.rules.calendar import Calendar

ENDS_AFTER = timedelta(days=28)
"""How long nothing of a cohort happens before it counts as ended."""


@dataclass(frozen=True, slots=True)
class CohortSpan:
    """A cohort with the first and the last local day on which something of it was assessed, closed
    or due."""

    cohort: str
    first: date
    last: date
    has_finals: bool

    def ended(self, today: date) -> bool:
        """Whether it has ended by a local day."""
        return self.has_finals and self.last + ENDS_AFTER < today


@dataclass(frozen=True, slots=True)
class CohortTrend:
    """The gain of a cohort, and that of all cohorts before it. `n`, `before_n`: pairs; a figure
    over too few of them is None."""

    cohort: str
    n: int
    gain: Quartiles | None
    before_n: int
    before: Quartiles | None

    @property
    def difference(self) -> Fraction | None:
        """Median less the median before it, where both are shown."""
        if self.gain is None or self.before is None:
            return None
        return self.gain.median - self.before.median


@dataclass(frozen=True, slots=True)
class BaselineFigures:
    """What was usual in a cohort and track; None over too few learners. `kept`: shares of
    checkpoints in time."""

    cohort: str
    track: str
    learners: int
    totals: Quartiles | None
    gains: Quartiles | None
    kept: Quartiles | None


def spans(facts: OutcomeFacts, calendar: Calendar) -> list[CohortSpan]:
    """The cohorts, the earliest first, then by id."""
    days: dict[str, list[date]] = defaultdict(list)
    for assessed in facts.assessments:
        days[assessed.cohort].append(calendar.day(assessed.at))
    for checkpoint in facts.checkpoints:
        days[checkpoint.cohort] += [
            calendar.day(checkpoint.at), date.fromisoformat(checkpoint.due_on)
        ]  # fmt: skip
    ended = {each.cohort for each in facts.counting if each.phase == "final"}
    cohorts = [CohortSpan(name, min(on), max(on), name in ended) for name, on in days.items()]
    return sorted(cohorts, key=lambda span: (span.first, span.cohort))


def trends(order: Iterable[str], gains_of: Mapping[str, Sequence[int]]) -> list[CohortTrend]:
    """Each cohort with those before it. `order`: cohorts, the earliest first."""
    before: list[int] = []
    compared = []
    for cohort in order:
        own = gains_of.get(cohort, ())
        compared.append(CohortTrend(cohort, len(own), shown(own), len(before), shown(before)))
        before += own
    return compared


def baselines(facts: OutcomeFacts) -> list[BaselineFigures]:
    """What was usual in each cohort and track, by cohort and track. The track of a learner in a
    cohort is that of their last assessment there."""
    tracks = {(each.cohort, each.learner): each.track for each in facts.counting}
    totals, rises, kept = _by_track(facts, tracks)
    return [
        BaselineFigures(
            cohort, track, _learners(tracks, cohort, track),
            shown(totals.get((cohort, track), ())), shown(rises.get((cohort, track), ())),
            shown(kept.get((cohort, track), ())),
        )
        for cohort, track in sorted({(key[0], track) for key, track in tracks.items()})
    ]  # fmt: skip


def _learners(tracks: Mapping[tuple[str, str], str], cohort: str, track: str) -> int:
    return sum(key[0] == cohort and of == track for key, of in tracks.items())


Values = dict[tuple[str, str], list[int | Fraction]]


def _by_track(
    facts: OutcomeFacts, tracks: Mapping[tuple[str, str], str]
) -> tuple[Values, Values, Values]:
    totals: Values = defaultdict(list)
    rises: Values = defaultdict(list)
    kept: Values = defaultdict(list)
    for assessed in gains.baselines(facts.assessments):
        totals[assessed.cohort, tracks[assessed.cohort, assessed.learner]].append(assessed.total)
    for pair in gains.pairs(facts.assessments):
        rises[pair.cohort, tracks[pair.cohort, pair.learner]].append(pair.gain)
    for (cohort, learner), share in gains.kept_shares(facts.checkpoints).items():
        if (cohort, learner) in tracks:
            kept[cohort, tracks[cohort, learner]].append(share)
    return totals, rises, kept
