"""The aggregates a measure may use: one file per kind, one line per kind here."""

from engine.rules.aggregates import count, distinct, gain, groups, mean, share, streak, sum
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

JUDGED = {
    "mean": mean,
    "share": share,
    "gain": gain,
}
"""Those whose value may fall: of indicators alone."""


def parse(node: Node, context: RuleContext) -> Aggregate:
    """Read `aggregate: KIND` or `aggregate: {KIND: OPTION}` over the facts of the context."""
    if isinstance(node.value, str):
        kind, option = node.value, Node(None, node.line, node.faults)
    else:
        entry = node.only_entry("aggregate")
        if entry is None:
            return count.Count()
        kind, option = entry
    kinds = KINDS | JUDGED if context.indicator else KINDS
    if kind not in kinds:
        node.fault(unknown("aggregate", kind, kinds))
        return count.Count()
    return kinds[kind].parse(option, context)  # type: ignore[no-any-return]


SCHEMA: dict[str, object] = {"oneOf": [module.SCHEMA for module in KINDS.values()]}
INDICATOR_SCHEMA: dict[str, object] = {
    "oneOf": [module.SCHEMA for module in (KINDS | JUDGED).values()]
}

__all__ = [
    "INDICATOR_SCHEMA",
    "JUDGED",
    "KINDS",
    "SCHEMA",
    "Aggregate",
    "Reached",
    "Value",
    "parse",
]
