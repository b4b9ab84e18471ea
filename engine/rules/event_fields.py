"""Which fields an activity event has, for checking a catalog before anything runs.

Read from the event models' own JSON Schema, so there is nothing here to keep in step.
"""

from functools import cache
from math import inf
from typing import Any, Literal, NamedTuple

from events.schemas.registry import FACT_TYPES, INPUT

Shape = Literal["text", "number", "list"]


class Field(NamedTuple):
    """One recognised field of an event's data. `least`: what a number cannot be below."""

    shape: Shape
    choices: frozenset[str]
    people: bool
    least: float = -inf


def lacking(event_type: str, name: str) -> str:
    """What is wrong with a field that `fields` does not have: it is private, or there is none."""
    known = f"it has {', '.join(sorted(fields(event_type)))}"
    if name in INPUT[event_type].PRIVATE:
        return f"field `{name}` of {event_type} is private: no rule may read it; {known}"
    return f"{event_type} has no field `{name}`; {known}"


@cache
def fields(event_type: str) -> dict[str, Field]:
    """The recognised fields of a fact type by name; {} for a type that is not known.

    Private fields are left out: no rule may look at them.
    """
    if event_type not in FACT_TYPES:
        return {}
    model = INPUT[event_type]
    by_name: dict[str, Field] = {}
    for name, schema in model.model_json_schema()["properties"].items():
        if name not in model.PRIVATE:
            by_name[name] = _field(schema, name in model.PEOPLE)
    return by_name


def _field(schema: dict[str, Any], people: bool) -> Field:
    kinds = [s for s in schema.get("anyOf", [schema]) if s.get("type") != "null"]
    kind = kinds[0]
    choices = frozenset(kind.get("enum", [kind["const"]] if "const" in kind else []))
    if kind.get("type") == "array":
        return Field("list", choices, people)
    if kind.get("type") in ("integer", "number"):
        return Field("number", frozenset(), people, kind.get("minimum", -inf))
    return Field("text", choices, people)
