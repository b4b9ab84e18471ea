"""The facts of a program that its outcomes are computed from, and the rules that they are read
by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from engine.catalog.model import Catalog
from engine.catalog.policy import Policy
from engine.queries.outcomes import quiet, recorded, warnings
from engine.queries.outcomes.quiet import QuietInput
from engine.queries.outcomes.recorded import OutcomeFacts
from engine.queries.outcomes.warnings import EarlyWarning, Guided, OpenLoops, Watch
from engine.queries.report import asked_milestones
from engine.queries.snapshot import Snapshot
from engine.rules.calendar import Calendar
from engine.store import policies
from engine.store.facts import of_person
from events.instants import Instant

_LATEST = 200
"""Over how many facts of a type what is usual is computed."""


@dataclass(frozen=True)
class OutcomesOfProgram:
    """A program's facts with what they are read by. `asked`: the milestones that badges ask for;
    `described`, `closed`: who is a mentor to whom in open loops, and which loops are closed, as the
    platform describes them. `staged`: whether there are stages."""

    facts: OutcomeFacts
    calendar: Calendar
    watch: Watch
    asked: frozenset[str]
    staged: bool
    described: tuple[Guided, ...] = ()
    closed: frozenset[str] = frozenset()

    def until(self, as_of: Instant) -> "OutcomesOfProgram":
        """The same as of an instant."""
        return self if self._latest <= as_of else replace(self, facts=self.facts.until(as_of))

    def within(self, described: Iterable[Guided], closed: Iterable[str]) -> "OutcomesOfProgram":
        """The same with what the platform describes."""
        return replace(self, described=tuple(described), closed=frozenset(closed))

    def guided_by(self, mentor: str) -> list[Guided]:
        """The learners of a mentor, loop by loop."""
        return [each for each in self.guided if each.mentor == mentor]

    def mentors_of(self, learner: str) -> frozenset[str]:
        """Who is or was a mentor of a learner."""
        return frozenset(each.mentor for each in self.guided if each.learner == learner)

    @cached_property
    def guided(self) -> tuple[Guided, ...]:
        """All learners of all mentors."""
        return tuple(warnings.guided(self.facts, self.described))

    @cached_property
    def loops(self) -> OpenLoops:
        """Which loops go on."""
        return OpenLoops(self.facts, self.closed, self.asked)

    @cached_property
    def _latest(self) -> str:
        return max((each.at for of_type in self.facts.each_type for each in of_type), default="")

    def warnings(self, learners: Iterable[Guided], now: Instant) -> list[EarlyWarning]:
        """The warnings about learners of mentors that stand."""
        return warnings.warnings(self.facts, learners, self.loops, self.watch, self.calendar, now)


def read(snapshot: Snapshot, program: str) -> OutcomesOfProgram:
    """The facts of a program and its rules; of one of which nothing was accepted, none.

    Raises:
        CatalogAltered, PolicyAltered
    """
    generation = snapshot.generation_for(program)
    policy = policies.current(snapshot.tx, generation.catalog_id)
    facts = of_person.of_types(snapshot.tx, program, recorded.TYPES)
    return OutcomesOfProgram(
        recorded.gather(facts, recorded.rubrics_of(policy)), generation.catalog.calendar,
        Watch.of(policy.watch), frozenset(asked_milestones(generation.catalog)),
        bool(policy.stages),
    )  # fmt: skip


def quiet_inputs(snapshot: Snapshot, program: str, now: Instant) -> list[QuietInput]:
    """The types that measures and indicators count and that fell quiet.

    Raises:
        CatalogAltered, PolicyAltered
    """
    generation = snapshot.generation_for(program)
    policy = policies.current(snapshot.tx, generation.catalog_id)
    types = set(_counted(generation.catalog, policy))
    seen = of_person.last_times(snapshot.tx, program, types, _LATEST)
    return quiet.quiet(
        {kind: [at for at in times if at <= now] for kind, times in seen.items()}, now
    )


def _counted(catalog: Catalog, policy: Policy) -> Iterator[str]:
    for measure in (*catalog.measures, *policy.indicators):
        yield measure.event
