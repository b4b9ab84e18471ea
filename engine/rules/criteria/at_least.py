"""`at_least: {MEASURE: N}`: the measure has reached N; true since the fact that reached it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.rules.aggregates import Value
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
    one_measure,
)
from engine.rules.measure import Measure
from engine.rules.millionths import MILLION, millionths
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A threshold on one measure. `wanted` is the number in millionths."""

    measure: Measure
    number: float
    wanted: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wanted", millionths(float(self.number)))

    @property
    def parts(self) -> tuple[Criterion, ...]:
        return ()

    def met(self, standing: Standing) -> bool:
        return self._reached(standing.value(self.measure))

    def progress(self, standing: Standing) -> Progress:
        need = self.wanted / MILLION
        return Progress(
            self.measure.aggregate.size(standing.value(self.measure)),
            self.number if need == self.number else need,
        )

    def prove(self, history: History) -> Proof:
        facts, aggregate = history.facts(self.measure), self.measure.aggregate
        position, evidence = aggregate.reached(facts, self.wanted, history.participant)
        return Proof(facts[position].time, listed(of_fact(fact) for fact in evidence))

    def leaves(self) -> Iterable[Leaf]:
        return (Leaf(self.measure, self._reached),)

    def holdings(self) -> Iterable[Holding]:
        return ()

    def words(self) -> str:
        return f"{self.measure.name} at least {self.number:g}"

    def canonical(self) -> object:
        return {"at_least": [self.measure.name, float(self.number)]}

    def _reached(self, value: Value) -> bool:
        return self.measure.aggregate.exact(value) >= self.wanted


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `at_least: {MEASURE: N}`; N is above 0."""
    entry = one_measure(node, "at_least")
    if entry is None:
        return None
    name, wanted = entry
    measure = vocabulary.measure(name, wanted)
    if measure is None:
        return None
    number = wanted.number(f"at_least {name}")
    if millionths(number) <= 0:
        wanted.fault(
            f"at_least {name} must be above 0, or everybody would hold the badge; less than half "
            "a millionth is 0"
        )
        return None
    return AtLeast(measure, number)


SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {"type": "number", "exclusiveMinimum": 0},
}
