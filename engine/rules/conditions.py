"""`where`: which facts a measure counts. Every condition must hold; an absent field meets none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.rules.context import RuleContext
from engine.rules.event_fields import Field, fields
from engine.rules.source import Node

Scalar = str | float

# `parse` sees to it that texts are compared with texts and numbers with numbers.
_TESTS: dict[str, Callable[[Any, tuple[Any, ...]], bool]] = {
    "equals": lambda value, wanted: value == wanted[0],
    "one_of": lambda value, wanted: value in wanted,
    "at_least": lambda value, wanted: value >= wanted[0],
    "at_most": lambda value, wanted: value <= wanted[0],
}
_NUMERIC = ("at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one field of a fact."""

    field: str
    test: str
    wanted: tuple[Scalar, ...]

    def met(self, data: Mapping[str, object]) -> bool:
        """Whether a fact with this data meets the condition."""
        value = data.get(self.field)
        return value is not None and _TESTS[self.test](value, self.wanted)

    def canonical(self) -> list[object]:
        """What decides, as JSON values, for the catalog's digest."""
        wanted = [w if isinstance(w, str) else float(w) for w in self.wanted]
        return [self.field, self.test, sorted(wanted, key=str)]


def parse(node: Node, context: RuleContext) -> tuple[Condition, ...]:
    """Read `where: {FIELD: {TEST: VALUE}}` for the facts of the context."""
    event = context.event
    known = fields(event)
    conditions: list[Condition] = []
    for name, tests in node.mapping("where").items():
        field = known.get(name)
        if field is None:
            tests.fault(f"{event} has no field `{name}`; it has {', '.join(sorted(known))}")
        elif field.shape == "list":
            tests.fault(f"field `{name}` is a list; `where` can test text and numbers only")
        elif tests.value == {}:
            tests.fault(f"where {name} must have at least one of {', '.join(_TESTS)}")
        else:
            for test, value in tests.mapping(f"where {name}", _TESTS).items():
                if test in _TESTS:
                    conditions.append(_condition(name, field, test, value))
    return tuple(sorted(conditions, key=lambda c: (c.field, c.test)))


def _condition(name: str, field: Field, test: str, node: Node) -> Condition:
    if test in _NUMERIC and field.shape != "number":
        node.fault(f"`{test}` compares numbers, but field `{name}` is text")
        return Condition(name, test, ("",))
    values = node.sequence(f"{name} one_of") if test == "one_of" else [node]
    return Condition(name, test, tuple(_wanted(name, field, value) for value in values))


def _wanted(name: str, field: Field, node: Node) -> Scalar:
    if field.shape == "number":
        return node.number(f"field `{name}` is a number; the value it is compared with")
    text = node.text(f"field `{name}` is text; the value it is compared with")
    if field.choices and text and text not in field.choices:
        node.fault(f"field `{name}` is one of {', '.join(sorted(field.choices))}, never `{text}`")
    return text


SCHEMA: dict[str, object] = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            "equals": {"type": ["string", "number"]},
            "one_of": {
                "type": "array",
                "minItems": 1,
                "items": {"type": ["string", "number"]},
            },
            "at_least": {"type": "number"},
            "at_most": {"type": "number"},
        },
    },
}
