"""`count`: how many facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.fact import Fact
from engine.rules.aggregates.aggregate import Reached
from engine.rules.context import RuleContext
from engine.rules.millionths import MILLION
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class Count:
    """The number of facts."""

    fields: tuple[str, ...] = ()
    zero: int = 0
    is_json: bool = True
    is_brief: bool = True
    is_monotone: bool = True

    def of(self, fact: Fact, person: str) -> int:
        return 1

    def merge(self, one: int, other: int) -> int:
        return one + other

    def size(self, value: int) -> float:
        return value

    def exact(self, value: int) -> int:
        return value * MILLION

    def reached(self, facts: Sequence[Fact], wanted: int, person: str) -> Reached:
        number = -(-wanted // MILLION)
        return Reached(number - 1, facts[:number])

    def brief(self, value: int) -> int:
        return value

    def values(self, value: int) -> frozenset[object]:
        return frozenset()

    def load(self, stored: Any) -> int:
        return int(stored)

    def canonical(self) -> object:
        return "count"


def parse(node: Node, context: RuleContext) -> Count:
    """Read `aggregate: count`; it takes no options."""
    if node.value is not None:
        node.fault("`count` takes no options; write `aggregate: count`")
    return Count()


SCHEMA: dict[str, object] = {"const": "count"}
