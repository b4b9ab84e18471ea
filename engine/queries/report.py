"""What happened in a program in a range of time: recognition in numbers, for its coordinators.

An award with a giver is a kudos, any other an achievement. Counted is what stands now: a revoked
award is no part of the range that it once was in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from engine.catalog.model import Badge, Catalog
from engine.fact import Place
from engine.intake import keys
from engine.projections.state import State
from engine.queries.snapshot import Snapshot
from engine.rules.aggregates.distinct import Distinct
from engine.rules.criteria.includes_all import IncludesAll
from engine.rules.measure import Measure
from engine.store.awards import reported
from engine.store.awards.reported import AwardsOfMonth, KudosOfLoop
from engine.store.facts import of_places
from engine.store.projections import measures
from events.instants import Instant, to_datetime
from events.schemas.kudos_given import KudosGiven
from events.schemas.milestone_completed import MilestoneCompleted

MOST_LOOPS = 500
"""Of how many loops the first fact is looked up, for the days until the first kudos (measured: 4 ms
for 100)."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReportSpan:
    """From `since` to before `until`. `months`: when each calendar month in it but the first
    begins."""

    since: Instant
    until: Instant
    months: tuple[Instant, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramReport:
    """A program in a range.

    `people`, `loops`: all that were ever counted, by id. `recognised`: everybody who ever received
    kudos, and whether they did in the range. `awards`: how many of each badge and level, month by
    month. `badges`: the catalog's in its order, then earlier ones that these are of.
    `kudos_of_loops`: of the range, without loops that had none. `milestones`: how many people have
    completed each, whenever, the most first. `notes`: how many kudos of the range have one.
    `days_to_kudos`: over the loops whose first kudos came in the range (the latest MOST_LOOPS of
    them), the median of the days from the loop's first fact until then; None if there are none.
    """

    people: frozenset[str]
    loops: frozenset[str]
    recognised: Mapping[str, bool]
    awards: tuple[AwardsOfMonth, ...]
    badges: Mapping[str, Badge]
    kudos_of_loops: Mapping[str, int]
    milestones: tuple[tuple[str, int], ...]
    notes: int
    days_to_kudos: float | None


def read(snapshot: Snapshot, program: str, span: ReportSpan) -> ProgramReport:
    """The report of a program; of one of which nothing was accepted, an empty one.

    Raises:
        CatalogAltered
    """
    generation = snapshot.generation_for(program)
    catalog, tx = generation.catalog, snapshot.tx
    counted = reported.counted(tx, program, span.since, span.until, span.months)
    people = {*counted.givers, *counted.recognised}
    places: dict[str, int] = {}
    milestones = MilestoneCount(catalog)
    # One row after the other: all states of 5,000 loops at once keep the garbage collector busy.
    for row in measures.of_program(tx, catalog, generation.id, program):
        people.update(row.state)
        milestones.add(row.state)
        if row.place.loop is not None:
            places[row.place.loop] = row.number
    return ProgramReport(
        people=frozenset(people),
        loops=frozenset(places),
        recognised=counted.recognised,
        awards=counted.months,
        badges=_badges(snapshot, catalog, counted.months),
        kudos_of_loops={name: loop.kudos for name, loop in counted.loops.items() if loop.kudos},
        milestones=milestones.most_first(),
        notes=_notes(snapshot, program, span, places),
        days_to_kudos=_days_to_kudos(snapshot, span, places, counted.loops),
    )


def _badges(
    snapshot: Snapshot, catalog: Catalog, awards: Iterable[AwardsOfMonth]
) -> dict[str, Badge]:
    """The badges of the catalog, then those of awards that only an earlier one has."""
    badges = dict(catalog.badge)
    for row in awards:
        if row.badge not in badges:
            badges[row.badge] = snapshot.catalog(row.catalog).badge[row.badge]
    return badges


class MilestoneCount:
    """How many people have each milestone that a badge asks for, or that somebody has."""

    def __init__(self, catalog: Catalog) -> None:
        self._measure = next(filter(_is_of_milestones, catalog.measures), None)
        self._people: dict[str, set[str]] = {name: set() for name in asked_milestones(catalog)}

    def add(self, state: State) -> None:
        """Count the people of a place."""
        if self._measure is None:
            return
        for participant, values in state.items():
            for name in self._measure.aggregate.values(values[self._measure.index]):
                self._people.setdefault(str(name), set()).add(participant)

    def most_first(self) -> tuple[tuple[str, int], ...]:
        """Milestones with their numbers, the most first, then by name."""
        counts = [(name, len(who)) for name, who in self._people.items()]
        return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))


def _is_of_milestones(measure: Measure) -> bool:
    return measure.event == MilestoneCompleted.TYPE and isinstance(measure.aggregate, Distinct)


def asked_milestones(catalog: Catalog) -> list[str]:
    """The milestones that badges of a catalog ask for, by name."""
    measure = next(filter(_is_of_milestones, catalog.measures), None)
    if measure is None:
        return []
    criteria = [level.criterion for badge in catalog.badges for level in badge.levels]
    names: set[str] = set()
    while criteria:
        match criteria.pop():
            case IncludesAll(asked, wanted) if asked.name == measure.name:
                names |= {str(name) for name in wanted}
            case criterion:
                criteria += criterion.parts
    return sorted(names)


def _notes(snapshot: Snapshot, program: str, span: ReportSpan, places: Mapping[str, int]) -> int:
    noted = of_places.noted(snapshot.tx, places.values())
    if not noted:
        return 0
    loops = [loop for loop, place in places.items() if place in noted]
    given = reported.kudos_of_loops(snapshot.tx, program, loops, span.since, span.until)
    return sum(
        keys.key(Place(program, loop, None), KudosGiven.TYPE, fact).fact in noted[places[loop]]
        for loop, fact in given
    )


def _days_to_kudos(
    snapshot: Snapshot,
    span: ReportSpan,
    places: Mapping[str, int],
    loops: Mapping[str, KudosOfLoop],
) -> float | None:
    new = [
        (loop.first, places[name])
        for name, loop in loops.items()
        if span.since <= loop.first < span.until and name in places
    ]
    latest = sorted(new, reverse=True)[:MOST_LOOPS]
    begun = of_places.begun(snapshot.tx, (place for _, place in latest))
    days = [
        (to_datetime(first) - to_datetime(begun[place])) / _DAY
        for first, place in latest
        if place in begun
    ]
    return median(days) if days else None
