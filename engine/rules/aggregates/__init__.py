"""The aggregates a measure may use: one file per kind, one line per kind here."""

from engine.rules.aggregates import count, distinct, groups, streak, sum
from engine.rules.aggregates.aggregate import Aggregate, Reached, Value
from engine.rules.context import RuleContext
from engine.rules.refused_kinds import unknown
from engine.rules.source import Node

KINDS = {
    "count": count,
    "sum": sum,
    "distinct": distinct,
    "groups": groups,
    "streak": streak,
}


def parse(node: Node, context: RuleContext) -> Aggregate:
    """Read `aggregate: KIND` or `aggregate: {KIND: OPTION}` over the facts of the context."""
    if isinstance(node.value, str):
        kind, option = node.value, Node(None, node.line, node.faults)
    else:
        entry = node.only_entry("aggregate")
        if entry is None:
            return count.Count()
        kind, option = entry
    if kind not in KINDS:
        node.fault(unknown("aggregate", kind, KINDS))
        return count.Count()
    return KINDS[kind].parse(option, context)  # type: ignore[no-any-return]


SCHEMA: dict[str, object] = {"oneOf": [module.SCHEMA for module in KINDS.values()]}

__all__ = ["KINDS", "SCHEMA", "Aggregate", "Reached", "Value", "parse"]
