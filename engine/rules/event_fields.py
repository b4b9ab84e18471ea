"""Which fields an activity event has, for checking a catalog before anything runs.

Read from the event models' own JSON Schema, so there is nothing here to keep in step.
"""

from functools import cache
from math import inf
from typing import Any, Literal, NamedTuple

from engine.rules.source import Node
from events.schemas.registry import FACT_TYPES, INPUT

Shape = Literal["text", "number", "list"]


class Field(NamedTuple):
    """One recognised field of an event's data.

    `least` and `most`: what a number, or how many entries of a list, cannot be below and above;
    `whole`: a number without a fraction.
    """

    shape: Shape
    choices: frozenset[str]
    people: bool
    least: float = -inf
    most: float = inf
    whole: bool = False


def lacking(event_type: str, name: str) -> str:
    """What is wrong with a field that `fields` does not have: it is private, or there is none."""
    known = f"it has {', '.join(sorted(fields(event_type)))}"
    if name in INPUT[event_type].PRIVATE:
        return f"field `{name}` of {event_type} is private: no rule may read it; {known}"
    if name in INPUT[event_type].model_fields:
        return f"field `{name}` of {event_type} is kept and shown, but no rule reads it; {known}"
    return f"{event_type} has no field `{name}`; {known}"


def named(node: Node, event_type: str, name: str) -> Field | None:
    """The field of that name; a fault at `node` and None if there is none. Of a type that is not
    known ("", which has a fault of its own) there is no fault."""
    field = fields(event_type).get(name)
    if field is None and event_type and name:
        node.fault(lacking(event_type, name))
    return field


@cache
def fields(event_type: str) -> dict[str, Field]:
    """The recognised fields of a fact type by name; {} for a type that is not known.

    Private fields are left out, which no rule may look at, and those that are neither text nor
    number nor list: an object, an instant of its own.
    """
    if event_type not in FACT_TYPES:
        return {}
    model = INPUT[event_type]
    by_name: dict[str, Field] = {}
    for name, schema in model.model_json_schema()["properties"].items():
        kind = next(s for s in schema.get("anyOf", [schema]) if s.get("type") != "null")
        is_read = kind.get("type") != "object" and kind.get("format") != "date-time"
        if is_read and name not in model.PRIVATE:
            by_name[name] = _field(kind, name in model.PEOPLE)
    return by_name


def _field(kind: dict[str, Any], people: bool) -> Field:
    choices = frozenset(kind.get("enum", [kind["const"]] if "const" in kind else []))
    if kind.get("type") == "array":
        # An empty list is an absent one.
        least, most = max(1, kind.get("minItems", 0)), kind.get("maxItems", inf)
        return Field("list", choices, people, least, most, whole=True)
    if kind.get("type") in ("integer", "number"):
        least, most = kind.get("minimum", -inf), kind.get("maximum", inf)
        return Field("number", frozenset(), people, least, most, kind["type"] == "integer")
    return Field("text", choices, people)
