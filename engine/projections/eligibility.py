"""Whether a stage may be given to somebody: what a policy asks, as of an instant.

A function of facts and an instant. Nothing of it is folded or stored, so a value may fall, a window
may end, and a policy may change, and no award moves. Facts behind the instant do not exist; a
retracted fact never did. Badges that are asked for are held by the same facts, by the code that
decides awards, so what is kept by decision counts for nothing here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from operator import itemgetter

import msgspec

from engine.catalog.measure_index import MeasureIndex
from engine.catalog.model import Catalog
from engine.catalog.policy import Policy, Stage
from engine.fact import Fact
from engine.projections.award import Award, of_repeatable
from engine.projections.eligibility_nodes import (
    AtLeastNode,
    EligibilityNode,
    HoldsNode,
    IncludesNode,
    PartsNode,
    PointsNode,
    StandingNode,
)
from engine.projections.participant_history import FactsOf, ParticipantHistory
from engine.rules.aggregates import Value
from engine.rules.aggregates.judgement import Judged
from engine.rules.criteria.all_of import AllOf
from engine.rules.criteria.any_of import AnyOf
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.criterion import Criterion, EvidenceItem, Holding, Proof, of_fact
from engine.rules.criteria.holds import Holds
from engine.rules.criteria.in_standing import InStanding
from engine.rules.criteria.includes_all import IncludesAll
from engine.rules.criteria.points import Points
from engine.rules.criteria.some_of import SomeOf
from engine.rules.measure import Measure
from engine.rules.millionths import MILLION
from events.instants import Instant


class Eligibility(msgspec.Struct, frozen=True):
    """What a stage asks of a person, as of an instant. `stage` is its name."""

    program_id: str
    participant_id: str
    stage: str
    as_of: Instant
    root: EligibilityNode

    @property
    def met(self) -> bool:
        """Whether all of it is there."""
        return self.root.met

    def as_json(self) -> dict[str, object]:
        """As a line of the export."""
        return {
            "program_id": self.program_id,
            "participant_id": self.participant_id,
            "stage": self.stage,
            "as_of": self.as_of,
            "met": self.met,
            "root": self.root.as_json(),
        }


def eligible(
    catalog: Catalog,
    policy: Policy,
    program: str,
    facts: Iterable[Fact],
    person: str,
    stage: Stage,
    as_of: Instant,
    renewal: bool = False,
) -> Eligibility:
    """What a stage asks of one person. `facts`: accepted, unretracted ones of the program, in any
    order, all that name the person among them. `renewal`: what it asks of a renewal.

    Raises:
        ValueError: the stage asks for nothing; its badge's rule alone decides.
    """
    asked = AskedFacts(catalog, policy)
    gathered = asked.gather(facts, as_of).get(person, {})
    return PersonAsOf(asked, program, person, gathered, as_of).eligibility(stage, renewal=renewal)


class AskedFacts:
    """What a policy asks of facts: the measures and indicators of its stages, and the measures of
    the badges that they ask for. Each has a number here, by which facts are gathered."""

    def __init__(self, catalog: Catalog, policy: Policy) -> None:
        self.catalog = catalog
        self.policy = policy
        self.stages = tuple(stage for stage in policy.stages if stage.given is not None)
        numbers: dict[Measure, int] = {}
        self._number = {
            id(measure): numbers.setdefault(measure, len(numbers)) for measure in self._measures()
        }
        self._index = MeasureIndex(
            replace(measure, index=number) for measure, number in numbers.items()
        )

    def _measures(self) -> Iterator[Measure]:
        criteria = [c for stage in self.stages for c in (stage.given, stage.renewed) if c]
        for criterion in criteria:
            yield from (leaf.measure for leaf in criterion.leaves())
        badges = {holding.badge for criterion in criteria for holding in criterion.holdings()}
        badges |= {higher for badge in badges for higher in self.standing_for(badge)}
        known = [self.catalog.badge[name] for name in sorted(badges & self.catalog.badge.keys())]
        yield from (badge.repeatable for badge in known if badge.repeatable is not None)
        if any(badge.levels for badge in known):
            yield from self.catalog.tested("program")

    def standing_for(self, badge: str) -> tuple[str, ...]:
        """The badges of which one in good standing counts as this one: itself and, of a stage,
        those of higher stages."""
        badges = [stage.badge for stage in self.policy.stages]
        return tuple(badges[badges.index(badge) :]) if badge in badges else (badge,)

    def number(self, measure: Measure) -> int:
        """The number of a measure of these criteria, or of these badges."""
        return self._number[id(measure)]

    def counted_for(self, fact: Fact) -> dict[str, list[int]]:
        """For whom a fact counts, and in which measures, by number."""
        by_person: dict[str, list[int]] = {}
        for measure, person in self._index.contributions(fact):
            by_person.setdefault(person, []).append(measure.index)
        return by_person

    def gather(self, facts: Iterable[Fact], as_of: Instant) -> dict[str, FactsOf]:
        """Each person's facts until an instant by the number of the measure, in order."""
        gathered: dict[str, FactsOf] = {}
        for fact in sorted(facts, key=in_order):
            if fact.time <= as_of:
                for measure, person in self._index.contributions(fact):
                    theirs = gathered.setdefault(person, {})
                    theirs.setdefault(measure.index, []).append(fact)
        return gathered


def in_order(fact: Fact) -> tuple[str, ...]:
    """The order of facts; equal ones of several participants, by their place."""
    place = fact.place
    return (fact.time, fact.type, fact.id, place.loop or "", place.participant or "")


class PersonAsOf:
    """One person's facts until an instant, as criteria ask for them (a `History`).

    `facts`: by the numbers of `asked`, as it gathers them. Everything is worked out when it is
    asked for, once.
    """

    def __init__(
        self, asked: AskedFacts, program: str, person: str, facts: FactsOf, as_of: Instant
    ) -> None:
        self._asked = asked
        self._program = program
        self.participant = person
        self._facts = facts
        self._as_of = as_of
        self._starts: dict[int, Instant] = {}
        self._values: dict[tuple[int, int | None], tuple[Value, Sequence[Fact]]] = {}
        self._in_force: dict[str, tuple[Award, ...]] = {}

    def eligibility(self, stage: Stage, *, renewal: bool = False) -> Eligibility:
        """What a stage asks of the person.

        Raises:
            ValueError: it asks for nothing.
        """
        asked = stage.renewed if renewal and stage.renewed is not None else stage.given
        if asked is None:
            raise ValueError(f"stage {stage.name} asks for nothing: its badge's rule decides")
        return Eligibility(
            self._program, self.participant, stage.name, self._as_of, self._node(asked)
        )

    def in_force(self, badge: str) -> tuple[Award, ...]:
        """The awards of one badge that are in force."""
        awards = self._in_force.get(badge)
        if awards is None:
            awards = self._in_force[badge] = tuple(self._awards(badge))
        return awards

    def facts(self, measure: Measure) -> Sequence[Fact]:
        """The facts of a measure, in order."""
        return self._facts.get(self._asked.number(measure), ())

    def value(self, measure: Measure) -> Value:
        """The value of a measure that is folded."""
        return self._folded(measure, None)[0]

    def holds(self, holding: Holding) -> bool:
        """Whether a badge of the program is held."""
        return self._award(holding) is not None

    def award(self, holding: Holding) -> EvidenceItem:
        """A held badge as evidence."""
        return self._history.award(holding)

    def _node(self, asked: Criterion) -> EligibilityNode:
        match asked:
            case AtLeast(measure=Measure(aggregate=Judged())):
                return self._judged(asked)
            case AtLeast():
                return self._at_least(asked)
            case IncludesAll():
                return self._includes_all(asked)
            case InStanding():
                return self._standing(asked.badge)
            case Holds() if len(asked.wanted) == 1:
                return HoldsNode(asked.wanted[0], self._award(asked.wanted[0]))
            case Points():
                return self._points(asked)
            case AnyOf():
                parts = self._parts(asked)
                return PartsNode("any_of", any(part.met for part in parts), None, parts)
            case SomeOf():
                parts = self._parts(asked)
                met = sum(part.met for part in parts) >= asked.number
                return PartsNode("some_of", met, asked.number, parts)
            case AllOf() | Holds():
                parts = self._parts(asked)
                return PartsNode("all_of", all(part.met for part in parts), None, parts)
        raise TypeError(f"no eligibility is defined for {asked.words()}")

    def _parts(self, asked: Criterion) -> tuple[EligibilityNode, ...]:
        return tuple(self._node(part) for part in asked.parts)

    def _at_least(self, asked: AtLeast) -> AtLeastNode:
        aggregate = asked.measure.aggregate
        value, counted = self._folded(asked.measure, asked.in_last)
        have = aggregate.exact(value)

        def shown() -> Sequence[Fact]:
            reached = min(have, asked.wanted)
            return aggregate.reached(counted, reached, self.participant).evidence if have else ()

        return AtLeastNode(asked, have >= asked.wanted, have, 1, None, counted, shown)

    def _judged(self, asked: AtLeast) -> AtLeastNode:
        aggregate, counted = asked.measure.aggregate, self.facts(asked.measure)
        assert isinstance(aggregate, Judged)
        assert asked.sample is not None
        judged = aggregate.judge(counted, self._start(asked.in_last))
        met, shown = judged.reached(asked.wanted, asked.sample), judged.evidence
        return AtLeastNode(asked, met, judged.total, judged.of, judged.sample, shown, lambda: shown)

    def _includes_all(self, asked: IncludesAll) -> IncludesNode:
        there = asked.wanted & asked.measure.aggregate.values(self.value(asked.measure))
        shown = partial(self._proving, IncludesAll(asked.measure, there)) if there else tuple
        counted = self.facts(asked.measure)
        need = _sorted(asked.wanted)
        return IncludesNode(asked, there == asked.wanted, _sorted(there), need, counted, shown)

    def _standing(self, badge: str) -> StandingNode:
        badges = self._asked.standing_for(badge)
        return StandingNode(badge, tuple(a for name in badges for a in self.in_force(name)))

    def _points(self, asked: Points) -> PointsNode:
        have = sum(
            weight * measure.aggregate.exact(self.value(measure)) for measure, weight in asked.of
        )
        # Points that are missing rest on everything that was counted.
        if have >= asked.wanted * MILLION:
            shown: partial[Sequence[Fact]] = partial(self._proving, asked)
        else:
            shown = partial(self._all_of, tuple(measure for measure, _ in asked.of))
        return PointsNode(asked, have, shown)

    def _proving(self, asked: Criterion) -> Sequence[Fact]:
        """The facts that prove a criterion that is met."""
        proof: Proof = asked.prove(self)
        proving = set(proof.evidence)
        measures = tuple(leaf.measure for leaf in asked.leaves())
        return [fact for fact in self._all_of(measures) if of_fact(fact) in proving]

    def _all_of(self, measures: Sequence[Measure]) -> Sequence[Fact]:
        """The facts of several measures, each once, in order."""
        facts = {in_order(fact): fact for measure in measures for fact in self.facts(measure)}
        return [fact for _, fact in sorted(facts.items(), key=itemgetter(0))]

    def _folded(self, measure: Measure, months: int | None) -> tuple[Value, Sequence[Fact]]:
        """The value of a measure over all time or the last months, and the facts it is of."""
        key = (self._asked.number(measure), months)
        known = self._values.get(key)
        if known is None:
            aggregate, since = measure.aggregate, self._start(months)
            facts = self.facts(measure)
            if since is not None:
                facts = [fact for fact in facts if fact.time >= since]
            value = aggregate.zero
            for fact in facts:
                value = aggregate.merge(value, aggregate.of(fact, self.participant))
            known = self._values[key] = (value, facts)
        return known

    def _start(self, months: int | None) -> Instant | None:
        """The first instant of a window of so many months."""
        if months is None:
            return None
        start = self._starts.get(months)
        if start is None:
            start = self._asked.catalog.calendar.months_before(self._as_of, months)
            self._starts[months] = start
        return start

    def _award(self, holding: Holding) -> Award | None:
        """The award of a badge of the program, if it is held."""
        if holding not in self._asked.catalog.level_rank:
            return None
        try:
            return self._history.awarded(holding)
        except KeyError:
            return None

    def _awards(self, name: str) -> Iterator[Award]:
        catalog = self._asked.catalog
        badge = catalog.badge.get(name)
        if badge is None:
            return
        if badge.repeatable is None:
            held = (self._award(holding) for holding in badge.holdings())
            yield from (award for award in held if award is not None)
            return
        for fact in self.facts(badge.repeatable):
            for award in of_repeatable(catalog, fact):
                if award.badge == name and award.recipient == self.participant:
                    until = award.valid_until
                    if until is None or self._as_of < until:
                        yield award

    @cached_property
    def _history(self) -> ParticipantHistory:
        """What decides awards, over these facts."""
        catalog = self._asked.catalog
        facts = {m.index: list(self.facts(m)) for m in catalog.tested("program")}
        return ParticipantHistory(catalog, self._program, None, self.participant, facts)


def _sorted(values: Iterable[object]) -> tuple[object, ...]:
    """Texts by code point, or numbers by value, whole ones without a fraction."""
    numbers = [value for value in values if isinstance(value, int | float)]
    if numbers:
        return tuple(int(n) if n == int(n) else n for n in sorted(numbers))
    return tuple(sorted(str(value) for value in values))
