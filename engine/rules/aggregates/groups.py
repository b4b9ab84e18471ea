"""`groups`: how many periods, loops, partners … each have enough: months with two meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.rules.aggregates import grouping_source
from engine.rules.aggregates.grouping import Group, Grouping
from engine.rules.context import RuleContext
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class Groups(Grouping):
    """The number of groups that count. What shows it: the facts of all of them."""

    kind: ClassVar[str] = "groups"

    def size_of(self, counting: Any) -> int:
        return self.sets.total(counting)

    def shown(self, counting: Any, latest: Sequence[Group]) -> Any:
        return counting


def parse(node: Node, context: RuleContext) -> Groups:
    """Read `aggregate: {groups: {by: PERIOD or FIELD, of?: AGGREGATE, each?: N}}`."""
    return Groups(*grouping_source.parse(node, "groups", context, by_field=True))


SCHEMA: dict[str, object] = grouping_source.schema("groups", {"type": "string"})
