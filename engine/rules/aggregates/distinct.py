"""`distinct`: the set of a field's values; of a list field, the set of its entries. With `others`,
of a list of people, without the person it is measured for.

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
    """The distinct values of `field` over the facts that have it. With `others`, a fact of a
    measure names somebody else than the person (`Measure.tests`)."""

    field: str
    others: bool = False
    zero: frozenset[object] = frozenset()
    is_json: bool = False
    is_brief: bool = True
    is_monotone: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def of(self, fact: Fact, person: str) -> frozenset[object]:
        value = fact.data[self.field]
        if not isinstance(value, list | tuple):
            return frozenset((value,))
        return frozenset(value).difference((person,)) if self.others else frozenset(value)

    def merge(self, one: frozenset[object], other: frozenset[object]) -> frozenset[object]:
        return one | other

    def size(self, value: frozenset[object]) -> float:
        return len(value)

    def exact(self, value: frozenset[object]) -> int:
        return len(value) * MILLION

    def reached(self, facts: Sequence[Fact], wanted: int, person: str) -> Reached:
        return reached_by_merging(self, facts, wanted, person)

    def brief(self, value: frozenset[object]) -> frozenset[object]:
        return value

    def values(self, value: frozenset[object]) -> frozenset[object]:
        return value

    def load(self, stored: Any) -> frozenset[object]:
        return frozenset(stored) if stored else frozenset()

    def canonical(self) -> object:
        if self.others:
            return {"distinct": {"field": self.field, "others": True}}
        return {"distinct": self.field}


def parse(node: Node, context: RuleContext) -> Distinct:
    """Read `aggregate: {distinct: FIELD}` or `{distinct: {field: FIELD, others: true}}`."""
    if not isinstance(node.value, dict):
        name = node.text("distinct")
        named(node, context.event, name)
        return Distinct(name)
    entries = node.mapping("distinct", ["field", "others"])
    if "field" not in entries:
        node.fault("distinct lacks `field`")
        return Distinct("")
    name = entries["field"].text("distinct field")
    field = named(entries["field"], context.event, name)
    others = "others" in entries and _others(entries["others"])
    if others and field is not None and not (field.people and field.shape == "list"):
        entries["others"].fault(f"`others` is for a list of people, which field `{name}` is not")
        return Distinct(name)
    return Distinct(name, others)


def _others(node: Node) -> bool:
    if not isinstance(node.value, bool):
        node.fault("others must be true or false")
    return node.value is True


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["distinct"],
    "additionalProperties": False,
    "properties": {
        "distinct": {
            "oneOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "required": ["field"],
                    "additionalProperties": False,
                    "properties": {"field": {"type": "string"}, "others": {"type": "boolean"}},
                },
            ]
        }
    },
}
