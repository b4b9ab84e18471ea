"""`at_least: {MEASURE: N}`: the measure has reached N; true since the fact that reached it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.fact import Fact
from engine.rules.aggregates import Value
from engine.rules.aggregates.count import Count
from engine.rules.criteria.criterion import (
    Criterion,
    History,
    Holding,
    Leaf,
    Progress,
    Proof,
    Standing,
    Vocabulary,
    listed,
    of_fact,
)
from engine.rules.measure import Measure
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A threshold on one measure."""

    measure: Measure
    number: float

    @property
    def parts(self) -> tuple[Criterion, ...]:
        return ()

    def met(self, standing: Standing) -> bool:
        return self._reached(standing.value(self.measure))

    def progress(self, standing: Standing) -> Progress:
        return Progress(self.measure.aggregate.size(standing.value(self.measure)), self.number)

    def prove(self, history: History) -> Proof:
        facts = self._first(history.facts(self.measure))
        return Proof(facts[-1].time, listed(of_fact(fact) for fact in facts))

    def leaves(self) -> Iterable[Leaf]:
        return (Leaf(self.measure, self._reached),)

    def holdings(self) -> Iterable[Holding]:
        return ()

    def words(self) -> str:
        return f"{self.measure.name} at least {self.number:g}"

    def canonical(self) -> object:
        return {"at_least": [self.measure.name, float(self.number)]}

    def _reached(self, value: Value) -> bool:
        return self.measure.aggregate.size(value) >= self.number

    def _first(self, facts: Sequence[Fact]) -> Sequence[Fact]:
        """The facts, in order, up to the one that reached the number."""
        if isinstance(self.measure.aggregate, Count):
            return facts[: int(-(-self.number // 1))]
        aggregate = self.measure.aggregate
        value = aggregate.zero
        for position, fact in enumerate(facts, start=1):
            value = aggregate.merge(value, aggregate.of(fact))
            if self._reached(value):
                return facts[:position]
        raise AssertionError(f"facts of {self.measure.name} do not reach {self.number:g}")


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `at_least: {MEASURE: N}`; N is above 0."""
    entry = node.only_entry("at_least")
    if entry is None:
        return None
    name, wanted = entry
    measure = vocabulary.measure(name, wanted)
    if measure is None:
        return None
    number = wanted.number(f"at_least {name}")
    if number <= 0:
        wanted.fault(f"at_least {name} must be above 0, or everybody would hold the badge")
        return None
    return AtLeast(measure, number)


SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {"type": "number", "exclusiveMinimum": 0},
}
