"""One person's way through the stages of a program: what they hold, and what each stage asks.

All of it is read once, as of an instant; each checklist is worked out when it is asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from engine.catalog.model import Badge, Catalog
from engine.catalog.policy import Policy, Rubric, Stage
from engine.fact import Fact
from engine.projections.eligibility import AskedFacts, PersonAsOf
from engine.projections.loop_board import StandingAward
from engine.projections.participation import named
from engine.projections.terms import Term, merged
from engine.queries import person, wording
from engine.queries.checklist import ChecklistLine, checklist
from engine.queries.person import BestOfBadge
from engine.queries.snapshot import Snapshot
from engine.rules.calendar import Calendar
from engine.rules.conditions.field_value import FieldValue
from engine.rules.criteria.criterion import Criterion
from engine.rules.criteria.includes_all import IncludesAll
from engine.rules.measure import Measure
from engine.store import policies
from engine.store.facts import of_person
from engine.store.generations.live import Generation
from events.instants import Instant

_RENEWAL_OPENS = 90
"""How many days before a term ends its renewal opens, where the policy does not say."""


@dataclass(frozen=True, slots=True)
class StageOfPerson:
    """A stage with its badge, as of an instant. `terms`: when they held it, earliest first; `kept`:
    an operator let them keep some of it, whatever the facts say. `in_standing`: a term of it or of
    a higher stage is running."""

    stage: Stage
    badge: Badge
    terms: tuple[Term, ...]
    kept: bool
    in_standing: bool

    @property
    def ends(self) -> Instant | None:
        """When the latest term ends or has ended."""
        return self.terms[-1].ends if self.terms else None


class RecognitionOfPerson:
    """What is known of one person as of an instant. `stages`: lowest first. `others`: their badges
    of the program that rules alone decide and that are no stages. `known`: whether anything of them
    was ever accepted or awarded. `catalog`, `policy`: under which it is known."""

    def __init__(
        self,
        catalog: Catalog,
        policy: Policy,
        who: tuple[str, str],
        facts: Iterable[Fact],
        awards: Iterable[StandingAward],
        best: Iterable[BestOfBadge],
        as_of: Instant,
    ) -> None:
        program, participant = who
        theirs, held = list(facts), [award for award in awards if award.time <= as_of]
        self.policy, self.as_of, self.calendar = policy, as_of, catalog.calendar
        self.catalog = catalog
        self._asked = AskedFacts(catalog, _with_rules(catalog, policy))
        gathered = self._asked.gather(theirs, as_of).get(participant, {})
        self._person = PersonAsOf(self._asked, program, participant, gathered, as_of)
        self.stages = _stages(catalog, policy, held, as_of)
        self.others = tuple(badge for badge in best if _is_apart(catalog, policy, badge.badge))
        self.known = bool(held) or participant in named(theirs)

    @property
    def current(self) -> StageOfPerson | None:
        """The highest stage in good standing."""
        return next((stage for stage in reversed(self.stages) if stage.in_standing), None)

    @property
    def following(self) -> str | None:
        """The first stage that asks for something, above all that they hold or have held."""
        held = [number for number, stage in enumerate(self.stages) if stage.terms]
        above = self.stages[held[-1] + 1 if held else 0 :]
        return next((each.stage.name for each in above if self.asks(each.stage.name)), None)

    @property
    def to_renew(self) -> StageOfPerson | None:
        """The highest stage that they hold or have held for a time, if it asks for something."""
        ending = [each for each in self.stages if each.ends and each.stage.given is not None]
        return ending[-1] if ending else None

    def renewal_opens(self, stage: StageOfPerson) -> date | None:
        """The day from which the latest term may be renewed."""
        if stage.ends is None or stage.stage.given is None:
            return None
        days = self.policy.governance.get("deadlines_days", {}).get("renewal_opens", _RENEWAL_OPENS)
        return self.calendar.day(stage.ends) - timedelta(days=days)

    def asks(self, stage: str) -> bool:
        """Whether there is a checklist of a stage."""
        return any(stage == asked.name for asked in self._asked.stages)

    def checklist(self, stage: str, *, renewal: bool = False) -> Sequence[ChecklistLine]:
        """What a stage asks, or a renewal of it; of a stage that rules alone decide, what its badge
        asks. Raises KeyError if it asks for nothing."""
        for asked in self._asked.stages:
            if asked.name == stage:
                return checklist(self.catalog, self._person.eligibility(asked, renewal=renewal))
        raise KeyError(stage)


def last_day(calendar: Calendar, ends: Instant) -> date:
    """The last day of a term that ends at an instant: it lasts through that day."""
    return calendar.day(ends) - timedelta(days=1)


def read(snapshot: Snapshot, program: str, participant: str, as_of: Instant) -> RecognitionOfPerson:
    """Somebody's way, as of an instant.

    Raises:
        CatalogAltered, PolicyAltered
    """
    generation, policy = _policy(snapshot, program)
    facts = of_person.naming(snapshot.tx, generation.id, program, participant)
    best, awards = person.beyond_loops(snapshot, generation.catalog, program, participant)
    return RecognitionOfPerson(
        generation.catalog, policy, (program, participant), facts, awards, best, as_of
    )


def has_stages(snapshot: Snapshot, program: str) -> bool:
    """Whether the policy of a program has stages. Raises as `read` does."""
    return bool(_policy(snapshot, program)[1].stages)


class RubricLine(NamedTuple):
    """A line, of a stage or its renewal, in words, with the measure that it asks. `title`: of the
    stage's badge."""

    stage: str
    title: str
    renewal: bool
    words: str
    measure: Measure

    def counts(self, rubric: Rubric) -> bool:
        """Whether the line counts only what is rated under a rubric, in this version."""
        tests = {
            condition.field: condition.wanted
            for condition in self.measure.where
            if isinstance(condition, FieldValue) and condition.test in ("equals", "one_of")
        }
        versions = tests.get("rubric_version", (rubric.version,))
        return rubric.name in tests.get("rubric", ()) and rubric.version in versions


def rubric_lines(snapshot: Snapshot, program: str) -> tuple[Catalog, Policy, list[RubricLine]]:
    """The catalog and policy of a program, and the lines of its stages. Raises as `read` does."""
    generation, policy = _policy(snapshot, program)
    catalog = generation.catalog
    return (
        catalog,
        policy,
        [
            RubricLine(stage.name, catalog.badge[stage.badge].title, renewal, words, measure)
            for stage in policy.stages
            for renewal, asked in ((False, stage.given), (True, stage.renewed))
            for words, measure in _asked_of(catalog, asked)
        ],
    )


def _asked_of(catalog: Catalog, asked: Criterion | None) -> Iterator[tuple[str, Measure]]:
    """The lines of a criterion, in words, each with a measure that it asks."""
    if asked is None:
        return
    parts = () if isinstance(asked, IncludesAll) else asked.parts
    for part in parts:
        yield from _asked_of(catalog, part)
    if not parts:
        for leaf in asked.leaves():
            yield wording.plain(catalog, asked), leaf.measure


def _policy(snapshot: Snapshot, program: str) -> tuple[Generation, Policy]:
    generation = snapshot.generation_for(program)
    return generation, policies.current(snapshot.tx, generation.catalog_id)


def _stages(
    catalog: Catalog, policy: Policy, held: Sequence[StandingAward], as_of: Instant
) -> tuple[StageOfPerson, ...]:
    stages: list[StageOfPerson] = []
    running = False
    for stage in reversed(policy.stages):
        awards = [award for award in held if award.badge == stage.badge]
        of_stage = merged((award.time, award.valid_until) for award in awards)
        running = running or any(term.covers(as_of) for term in of_stage)
        kept = any(award.decided for award in awards)
        stages.append(StageOfPerson(stage, catalog.badge[stage.badge], of_stage, kept, running))
    return tuple(reversed(stages))


def _with_rules(catalog: Catalog, policy: Policy) -> Policy:
    """The policy in which a stage that nobody decides asks what its badge asks."""
    return replace(
        policy, stages=tuple(replace(s, given=_given(catalog, s)) for s in policy.stages)
    )


def _given(catalog: Catalog, stage: Stage) -> Criterion | None:
    levels = catalog.badge[stage.badge].levels
    return stage.given or (levels[0].criterion if levels else None)


def _is_apart(catalog: Catalog, policy: Policy, name: str) -> bool:
    badge = catalog.badge.get(name)
    if badge is None or any(stage.badge == name for stage in policy.stages):
        return False
    return badge.scope == "program" and badge.repeatable is None
