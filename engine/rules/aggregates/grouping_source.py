"""How `groups` and `streak` are written in a catalog: `{by: …, of: …, each: …}`."""

from engine.rules.aggregates import count, distinct, sum
from engine.rules.aggregates.aggregate import Aggregate
from engine.rules.aggregates.count import Count
from engine.rules.aggregates.distinct import Distinct
from engine.rules.calendar import PERIODS, Calendar
from engine.rules.context import RuleContext
from engine.rules.event_fields import fields, lacking
from engine.rules.millionths import millionths
from engine.rules.source import Node

_OF = {"count": count, "sum": sum, "distinct": distinct}


def parse(
    node: Node, kind: str, context: RuleContext, *, by_field: bool
) -> tuple[str, Aggregate, float, Calendar]:
    """What the groups are by, the aggregate of each, what it must reach, and the calendar."""
    entries = node.mapping(kind, ["by", "of", "each"])
    by = "day"
    if "by" in entries:
        by = _by(entries["by"], kind, context, by_field=by_field)
    elif isinstance(node.value, dict):
        node.fault(f"{kind} lacks `by`: {_choices(by_field)}")
    of_each = _of(entries["of"], context) if "of" in entries else Count()
    each = _each(entries["each"]) if "each" in entries else 1
    return by, of_each, each, context.calendar


def _each(node: Node) -> float:
    before = len(node.faults)
    each = node.number("each")
    if millionths(each) <= 0 and len(node.faults) == before:
        node.fault("each must be above 0: less than half a millionth is 0")
    return each


def _by(node: Node, kind: str, context: RuleContext, *, by_field: bool) -> str:
    by = node.text(f"by of {kind}")
    if by in PERIODS:
        if by in fields(context.event):
            node.fault(f"`{by}` is both a period and a field of {context.event}")
        return by
    if not by_field:
        node.fault(f"by of {kind} must be {_choices(by_field)}")
    elif by and context.event:
        field = fields(context.event).get(by)
        if field is None:
            node.fault(
                f"`{by}` is no period ({', '.join(PERIODS)}), and {lacking(context.event, by)}"
            )
        elif field.shape == "number":
            node.fault(f"groups are named by text, but field `{by}` is a number")
    return by


def _choices(by_field: bool) -> str:
    periods = f"one of {', '.join(PERIODS)}"
    return f"{periods}, or a field" if by_field else periods


def _of(node: Node, context: RuleContext) -> Aggregate:
    if isinstance(node.value, str):
        name, option = node.value, Node(None, node.line, node.faults)
    else:
        entry = node.only_entry("of")
        if entry is None:
            return Count()
        name, option = entry
    if name not in _OF:
        node.fault(f"of must be one of {', '.join(_OF)}: `{name}` cannot stand in a group")
        return Count()
    aggregate: Aggregate = _OF[name].parse(option, context)
    if isinstance(aggregate, Distinct) and aggregate.others:
        option.fault("`others` cannot stand in a group")
    return aggregate


def schema(kind: str, by: dict[str, object]) -> dict[str, object]:
    """The JSON Schema of `{KIND: {by, of, each}}`."""
    return {
        "type": "object",
        "required": [kind],
        "additionalProperties": False,
        "properties": {
            kind: {
                "type": "object",
                "required": ["by"],
                "additionalProperties": False,
                "properties": {
                    "by": by,
                    "of": {"oneOf": [module.SCHEMA for module in _OF.values()]},
                    "each": {"type": "number", "exclusiveMinimum": 0},
                },
            }
        },
    }
