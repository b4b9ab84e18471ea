"""`includes_all: {MEASURE: [VALUE, …]}`: a distinct measure has every value; true since the latest
of the first facts for each."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.fact import Fact
from engine.rules.aggregates import Value
from engine.rules.aggregates.distinct import Distinct
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
from engine.rules.event_fields import fields
from engine.rules.measure import Measure
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class IncludesAll:
    """Every one of `wanted` is among the measure's values."""

    measure: Measure
    wanted: frozenset[object]

    @property
    def parts(self) -> tuple[Criterion, ...]:
        """One for each value, if there are several."""
        values = sorted(self.wanted, key=str) if len(self.wanted) > 1 else ()
        return tuple(IncludesAll(self.measure, frozenset((value,))) for value in values)

    def met(self, standing: Standing) -> bool:
        return self._complete(standing.value(self.measure))

    def progress(self, standing: Standing) -> Progress:
        seen = self.measure.aggregate.values(standing.value(self.measure))
        return Progress(len(self.wanted & seen), len(self.wanted))

    def prove(self, history: History) -> Proof:
        first: dict[object, Fact] = {}
        for fact in history.facts(self.measure):
            for value in self.measure.aggregate.of(fact, history.participant):
                if value in self.wanted:
                    first.setdefault(value, fact)
        latest = max(fact.time for fact in first.values())
        return Proof(latest, listed(of_fact(fact) for fact in first.values()))

    def leaves(self) -> Iterable[Leaf]:
        return (Leaf(self.measure, self._complete),)

    def holdings(self) -> Iterable[Holding]:
        return ()

    def words(self) -> str:
        values = ", ".join(
            f"{value:g}" if isinstance(value, float) else str(value)
            for value in sorted(self.wanted, key=str)
        )
        return f"{self.measure.name} includes {values}"

    def canonical(self) -> object:
        return {"includes_all": [self.measure.name, sorted(self.wanted, key=str)]}

    def _complete(self, value: Value) -> bool:
        return self.wanted <= self.measure.aggregate.values(value)


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `includes_all: {MEASURE: [VALUE, …]}`; the measure is a distinct one."""
    entry = one_measure(node, "includes_all")
    if entry is None:
        return None
    name, wanted = entry
    measure = vocabulary.measure(name, wanted)
    if measure is None:
        return None
    if not isinstance(measure.aggregate, Distinct):
        wanted.fault(f"includes_all asks for a distinct measure; `{name}` is none")
        return None
    field = fields(measure.event).get(measure.aggregate.field)
    if field is None:  # reported at the measure
        return None
    values = {
        float(value.number(f"a value of {name}"))
        if field.shape == "number"
        else value.text(f"a value of {name}")
        for value in wanted.sequence(f"includes_all {name}")
    }
    return IncludesAll(measure, frozenset(values))


SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {
        "type": "array",
        "minItems": 1,
        "items": {"type": ["string", "number"]},
    },
}
