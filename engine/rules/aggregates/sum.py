"""`sum`: the total of a number field, in whole millionths.

Each fact's number is rounded once (`millionths`); whole numbers add in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.fact import Fact
from engine.rules.aggregates.aggregate import Reached, reached_by_merging
from engine.rules.context import RuleContext
from engine.rules.event_fields import named
from engine.rules.millionths import as_number, millionths
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class Sum:
    """The total of `field` over the facts that have it."""

    field: str
    zero: int = 0
    is_json: bool = True
    is_brief: bool = True
    is_monotone: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def of(self, fact: Fact, person: str) -> int:
        number = fact.data[self.field]
        assert isinstance(number, int | float)
        return millionths(number)

    def merge(self, one: int, other: int) -> int:
        return one + other

    def size(self, value: int) -> float:
        return as_number(value)

    def exact(self, value: int) -> int:
        return value

    def reached(self, facts: Sequence[Fact], wanted: int, person: str) -> Reached:
        return reached_by_merging(self, facts, wanted, person)

    def brief(self, value: int) -> int:
        return value

    def values(self, value: int) -> frozenset[object]:
        return frozenset()

    def load(self, stored: Any) -> int:
        return int(stored)

    def canonical(self) -> object:
        return {"sum": self.field}


def parse(node: Node, context: RuleContext) -> Sum:
    """Read `aggregate: {sum: FIELD}`."""
    event, name = context.event, node.text("sum")
    field = named(node, event, name)
    if field is not None and field.shape != "number":
        node.fault(f"`sum` adds numbers, but field `{name}` is not a number")
    elif field is not None and field.least < 0:
        node.fault(f"`sum` only grows, but field `{name}` may be negative")
    return Sum(name)


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["sum"],
    "additionalProperties": False,
    "properties": {"sum": {"type": "string"}},
}
