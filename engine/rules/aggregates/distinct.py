"""`distinct`: the set of a field's values; of a list field, the set of its entries.

It keeps values, never facts: its size is bounded by the vocabulary, not by the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.fact import Fact
from engine.rules.aggregates.aggregate import Reached, reached_by_merging
from engine.rules.context import RuleContext
from engine.rules.event_fields import named
from engine.rules.millionths import MILLION
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct values of `field` over the facts that have it."""

    field: str
    zero: frozenset[object] = frozenset()
    is_json: bool = False
    is_monotone: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def of(self, fact: Fact, person: str) -> frozenset[object]:
        value = fact.data[self.field]
        return frozenset(value) if isinstance(value, list | tuple) else frozenset((value,))

    def merge(self, one: frozenset[object], other: frozenset[object]) -> frozenset[object]:
        return one | other

    def size(self, value: frozenset[object]) -> float:
        return len(value)

    def exact(self, value: frozenset[object]) -> int:
        return len(value) * MILLION

    def reached(self, facts: Sequence[Fact], wanted: int, person: str) -> Reached:
        return reached_by_merging(self, facts, wanted, person)

    def values(self, value: frozenset[object]) -> frozenset[object]:
        return value

    def load(self, stored: Any) -> frozenset[object]:
        return frozenset(stored) if stored else frozenset()

    def canonical(self) -> object:
        return {"distinct": self.field}


def parse(node: Node, context: RuleContext) -> Distinct:
    """Read `aggregate: {distinct: FIELD}`."""
    event, name = context.event, node.text("distinct")
    named(node, event, name)
    return Distinct(name)


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["distinct"],
    "additionalProperties": False,
    "properties": {"distinct": {"type": "string"}},
}
