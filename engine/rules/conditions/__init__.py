"""`where`: which facts count. Every condition must hold: one file per kind, read here."""

from engine.rules.conditions import fact_time, field_value, list_size
from engine.rules.conditions.condition import Condition
from engine.rules.context import RuleContext
from engine.rules.event_fields import fields, lacking
from engine.rules.source import Node


def parse(node: Node, context: RuleContext, what: str = "where") -> tuple[Condition, ...]:
    """Read `where: {FIELD: {TEST: VALUE}}`, or what is written like it, for the facts of the
    context. If their type is "", which has a fault of its own, what does not depend on the fields
    is checked all the same."""
    event = context.event
    known = fields(event)
    conditions: list[Condition] = []
    for name, tests in node.mapping(what).items():
        field = known.get(name)
        if name == fact_time.KEY and field is None:
            conditions += fact_time.parse(tests, context)
        elif field is None and event:
            tests.fault(lacking(event, name))
        elif field.shape == "list" if field is not None else _asks_size(tests):
            conditions += list_size.parse(name, tests)
        else:
            conditions += field_value.parse(name, field, tests)
    return tuple(sorted(conditions, key=_place))


def of_data(node: Node, context: RuleContext, what: str) -> tuple[Condition, ...]:
    """Read conditions, at least one, that look at the fields of the facts and not at their time."""
    time = node.value.get(fact_time.KEY) if isinstance(node.value, dict) else None
    if time is not None and fact_time.KEY not in fields(context.event):
        time.fault(f"{what} tests fields of the facts: test their time in `where`")
        return ()
    if node.value == {}:
        node.fault(f"{what} must have a condition, such as `FIELD: {{equals: VALUE}}`")
    return parse(node, context, what)


def _asks_size(tests: Node) -> bool:
    return isinstance(tests.value, dict) and "size" in tests.value


def _place(condition: Condition) -> tuple[str, str]:
    what, test, *_ = condition.canonical()
    return str(what), str(test)


SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {fact_time.KEY: fact_time.SCHEMA},
    "additionalProperties": {"oneOf": [field_value.SCHEMA, list_size.SCHEMA]},
}

DATA_SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"oneOf": [field_value.SCHEMA, list_size.SCHEMA]},
}

__all__ = ["DATA_SCHEMA", "SCHEMA", "Condition", "of_data", "parse"]
