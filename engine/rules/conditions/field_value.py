"""`FIELD: {TEST: VALUE}`: a text or a number of the fact; an absent field meets no test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.fact import Fact
from engine.rules.event_fields import Field
from engine.rules.number_text import number
from engine.rules.source import Node

Scalar = str | float

# `parse` sees to it that texts are compared with texts and numbers with numbers.
TESTS: dict[str, Callable[[Any, tuple[Any, ...]], bool]] = {
    "equals": lambda value, wanted: value == wanted[0],
    "one_of": lambda value, wanted: value in wanted,
    "at_least": lambda value, wanted: value >= wanted[0],
    "at_most": lambda value, wanted: value <= wanted[0],
}
_NUMERIC = ("at_least", "at_most")


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One test of one field."""

    field: str
    test: str
    wanted: tuple[Scalar, ...]

    def met(self, fact: Fact) -> bool:
        value = fact.data.get(self.field)
        return value is not None and TESTS[self.test](value, self.wanted)

    def words(self) -> str:
        return f"{self.field} {compared(self.test, self.wanted)}"

    def canonical(self) -> list[object]:
        wanted = [w if isinstance(w, str) else float(w) for w in self.wanted]
        return [self.field, self.test, sorted(wanted, key=str)]


def parse(name: str, field: Field | None, node: Node) -> list[FieldValue]:
    """Read the tests of a field that is no list; of one that is not known (None) only what does
    not depend on its shape is checked."""
    what = f"where {name}"
    if not isinstance(node.value, dict):
        node.fault(f"{what} must be a mapping of tests{_instead(name, node)}")
        return []
    if not node.value:
        node.fault(f"{what} must have at least one of {', '.join(TESTS)}")
    tests = node.mapping(what, TESTS)
    return [_test(name, field, test, value) for test, value in tests.items() if test in TESTS]


def compared(test: str, wanted: tuple[Scalar, ...]) -> str:
    """A test in words, such as "at least 4" or "is mqs or post_meeting"."""
    values = " or ".join(w if isinstance(w, str) else number(w) for w in wanted)
    return f"{ {'equals': 'is', 'one_of': 'is'}.get(test, test.replace('_', ' ')) } {values}"


def _instead(name: str, node: Node) -> str:
    value = node.value
    if isinstance(value, list):
        entries = [entry.value for entry in value]
        if entries and all(isinstance(entry, str | int | float) for entry in entries):
            return f"; write `{name}: {{one_of: [{', '.join(map(str, entries))}]}}`"
    elif value is not None:
        return f"; write `{name}: {{equals: {value}}}`"
    return f", such as `{name}: {{equals: VALUE}}`"


def _test(name: str, field: Field | None, test: str, node: Node) -> FieldValue:
    if test in _NUMERIC and field is not None and field.shape != "number":
        node.fault(f"`{test}` compares numbers, but field `{name}` is text")
        return FieldValue(name, test, ("",))
    values = node.sequence(f"{name} one_of") if test == "one_of" else [node]
    if field is None:
        return FieldValue(name, test, tuple(_unknown(name, test, value) for value in values))
    return FieldValue(name, test, tuple(_wanted(name, field, value) for value in values))


def _unknown(name: str, test: str, node: Node) -> Scalar:
    if test in _NUMERIC:
        return node.number(f"`{test}` compares numbers; the value `{name}` is compared with")
    if isinstance(node.value, bool) or not isinstance(node.value, str | int | float):
        node.fault(f"the value field `{name}` is compared with must be text or a number")
        return ""
    return node.value


def _wanted(name: str, field: Field, node: Node) -> Scalar:
    if field.shape == "number":
        return node.number(f"field `{name}` is a number; the value it is compared with")
    text = node.text(f"field `{name}` is text; the value it is compared with")
    if field.choices and text and text not in field.choices:
        node.fault(f"field `{name}` is one of {', '.join(sorted(field.choices))}, never `{text}`")
    return text


SCHEMA: dict[str, object] = {
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
}
