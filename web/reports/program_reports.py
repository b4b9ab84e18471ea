"""Reports of programs, computed once a minute each and kept in the process.

Ids and numbers are kept, no names: those are read for each answer, so that a name that is forgotten
is gone at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory import roster
from directory.roster import Roster
from engine.queries import program_people, report
from engine.queries.program_people import NearStep
from engine.queries.report import ProgramReport
from engine.store.awards.reported import AwardsOfMonth
from events.instants import Instant, from_datetime
from web.reports.days import ReportDays
from web.reports.kept import Kept
from web.views.moment import Readings

TOP_LOOPS = 10
NAMED = 7
"""How many people a report names whom nobody has recognised."""


@dataclass(frozen=True, slots=True)
class ReportedBadge:
    """A badge as a report has it."""

    badge: str
    title: str
    category: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedReport:
    """A program in a range of days, as of an instant. `with_kudos`: of the `people`, who received
    kudos in the range; `never`: how many never did, and `named` some of them, by name."""

    as_of: Instant
    days: ReportDays
    people: int
    loops: int
    with_kudos: int
    never: int
    named: tuple[str, ...]
    awards: tuple[AwardsOfMonth, ...]
    badges: Mapping[str, ReportedBadge]
    top_loops: tuple[tuple[str, int], ...]
    milestones: tuple[tuple[str, int], ...]
    notes: int
    days_to_kudos: float | None


@dataclass(frozen=True, slots=True)
class CountedPerson:
    """Somebody in numbers, of all times or of a range."""

    participant_id: str
    loops: int
    received: int
    given: int
    badges: int
    last_at: Instant | None


@dataclass(frozen=True, slots=True)
class CountedPeople:
    """Everybody of a program, by name."""

    as_of: Instant
    people: tuple[CountedPerson, ...]


@dataclass(frozen=True, slots=True)
class CountedSteps:
    """Who is one step away from a level, and from which."""

    as_of: Instant
    steps: Mapping[str, NearStep]


class ProgramReports:
    """Made once a process. `now` decides how old an answer is."""

    def __init__(self, readings: Readings, now: Callable[[], datetime]) -> None:
        self._readings, self._now = readings, now
        self._reports = Kept[CountedReport](now)
        self._people = Kept[CountedPeople](now)
        self._steps = Kept[CountedSteps](now)

    def report(self, program: str, days: ReportDays) -> CountedReport:
        """The report of a program. Ask while no transaction is open.

        Raises:
            DatabaseUnreachable, CatalogAltered
        """
        return self._reports.get((program, days), lambda now: self._report(program, days, now))

    def people(self, program: str) -> CountedPeople:
        """Everybody of a program, with what they ever received and gave. Raises as `report`."""
        return self._people.get(program, lambda now: self._counted(program, None, now))

    def near(self, program: str) -> CountedSteps:
        """Who is one step away from a level. Raises as `report`."""
        return self._steps.get(program, lambda now: self._near(program, now))

    def people_now(self, program: str, days: ReportDays) -> CountedPeople:
        """Everybody of a program as of now, with what they received and gave in a range of days.
        Raises as `report`."""
        return self._counted(program, days, self._now())

    def _counted(self, program: str, days: ReportDays | None, now: datetime) -> CountedPeople:
        with self._readings.moment() as moment:
            described = roster.read(moment.directory, program)
            known = program_people.read(
                moment.engine, program, described.loops, None if days is None else days.span
            )
        loops = dict(known.loops)
        for entry in described.people:
            loops[entry.participant_id] = loops.get(entry.participant_id, 0) + entry.loops
        people = []
        for name in _by_name(described, known.people):
            award = known.awards.get(name)
            people.append(
                CountedPerson(
                    participant_id=name,
                    loops=loops.get(name, 0),
                    received=award.received if award else 0,
                    given=award.given if award else 0,
                    badges=award.badges if award else 0,
                    last_at=award.last_at if award else None,
                )
            )
        return CountedPeople(from_datetime(now), tuple(people))

    def _near(self, program: str, now: datetime) -> CountedSteps:
        with self._readings.moment() as moment:
            steps = program_people.near(moment.engine, program)
        return CountedSteps(from_datetime(now), steps)

    def _report(self, program: str, days: ReportDays, now: datetime) -> CountedReport:
        with self._readings.moment() as moment:
            described = roster.read(moment.directory, program)
            counted = report.read(moment.engine, program, days.span)
        return _report_of(described, counted, days, from_datetime(now))


def _report_of(
    described: Roster, counted: ProgramReport, days: ReportDays, as_of: Instant
) -> CountedReport:
    people = _by_name(described, counted.people)
    never = [name for name in people if name not in counted.recognised]
    loops = sorted(counted.kudos_of_loops.items(), key=lambda item: (-item[1], item[0]))
    return CountedReport(
        as_of=as_of,
        days=days,
        people=len(people),
        loops=len(counted.loops | described.loops),
        with_kudos=sum(counted.recognised.values()),
        never=len(never),
        named=tuple(never[:NAMED]),
        awards=counted.awards,
        badges={
            badge.name: ReportedBadge(
                badge.name,
                badge.title,
                badge.category,
                tuple(level.name for level in badge.levels if level.name),
            )
            for badge in counted.badges.values()
        },
        top_loops=tuple(loops[:TOP_LOOPS]),
        milestones=counted.milestones,
        notes=counted.notes,
        days_to_kudos=counted.days_to_kudos,
    )


def _by_name(described: Roster, counted: frozenset[str]) -> list[str]:
    """Everybody of a program: who is described as active, and who was counted; those without a name
    last."""
    names = {
        entry.participant_id: entry.name
        for entry in described.people
        if entry.active or entry.participant_id in counted
    }
    everybody = names.keys() | counted

    def order(participant: str) -> tuple[bool, str, str]:
        name = names.get(participant)
        return name is None, (name or "").casefold(), participant

    return sorted(everybody, key=order)
