"""`LIST: {size: {TEST: NUMBER}}`: how many entries a list field has; an absent list meets no test,
not even `at_most`."""

from dataclasses import dataclass

from engine.fact import Fact
from engine.rules.conditions.field_value import TESTS, compared
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class ListSize:
    """One test of the number of entries."""

    field: str
    test: str
    wanted: tuple[float, ...]

    def met(self, fact: Fact) -> bool:
        entries = fact.data.get(self.field)
        return isinstance(entries, list) and TESTS[self.test](len(entries), self.wanted)

    def words(self) -> str:
        return f"number of {self.field} {compared(self.test, self.wanted)}"

    def canonical(self) -> list[object]:
        return [self.field, f"size {self.test}", sorted(float(number) for number in self.wanted)]


def parse(name: str, node: Node) -> list[ListSize]:
    """Read the tests of a list field, `{size: {TEST: NUMBER}}`."""
    if not isinstance(node.value, dict) or set(node.value) != {"size"}:
        node.fault(
            f"field `{name}` is a list; of a list only the number of entries can be tested: write "
            f"`{name}: {{size: {{at_least: 2}}}}`"
        )
        return []
    size = node.value["size"]
    what = f"where {name} size"
    if not isinstance(size.value, dict) or not size.value:
        number = size.value if type(size.value) in (int, float) else 2
        size.fault(
            f"{what} must have at least one of {', '.join(TESTS)}; write "
            f"`size: {{equals: {number}}}`"
        )
        return []
    tests = size.mapping(what, TESTS)
    return [_test(name, test, value) for test, value in tests.items() if test in TESTS]


def _test(name: str, test: str, node: Node) -> ListSize:
    what = f"the number of entries of `{name}`"
    values = node.sequence(f"{name} size one_of") if test == "one_of" else [node]
    return ListSize(name, test, tuple(value.number(what) for value in values))


_COUNT = {"type": "number"}
SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["size"],
    "additionalProperties": False,
    "properties": {
        "size": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                "equals": _COUNT,
                "one_of": {"type": "array", "minItems": 1, "items": _COUNT},
                "at_least": _COUNT,
                "at_most": _COUNT,
            },
        }
    },
}
