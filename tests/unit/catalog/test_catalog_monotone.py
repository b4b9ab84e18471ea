"""Only measures that never shrink may earn a badge: any other kind is refused when it is loaded."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from engine.catalog.loader import CatalogError, parse
from engine.fact import Fact
from engine.rules import aggregates
from engine.rules.context import RuleContext
from engine.rules.event_fields import Field
from engine.rules.source import Node

TEXT = """\
catalog: wavering
version: 1
measures:
  rating:
    event: mentoring.survey.submitted.v1
    who: about_ids
    aggregate: {mean: rating}
badges:
  liked:
    name: Liked
    description: Is liked
    criterion: {at_least: {rating: 4}}
"""


@dataclass(frozen=True, slots=True)
class Average:
    """A mean, as (sum, number): one more fact may lower it. It does not say that it is monotone."""

    field: str
    zero: tuple[float, int] = (0, 0)
    is_json: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def of(self, fact: Fact, person: str) -> tuple[float, int]:
        return (float(str(fact.data[self.field])), 1)

    def merge(self, one: tuple[float, int], other: tuple[float, int]) -> tuple[float, int]:
        return (one[0] + other[0], one[1] + other[1])

    def size(self, value: tuple[float, int]) -> float:
        return value[0] / value[1] if value[1] else 0

    def values(self, value: tuple[float, int]) -> frozenset[object]:
        return frozenset()

    def load(self, stored: Any) -> tuple[float, int]:
        return (stored[0], stored[1])

    def canonical(self) -> object:
        return {"mean": self.field}


def _parse_mean(node: Node, _context: RuleContext) -> Average:
    return Average(node.text("mean"))


@pytest.fixture(autouse=True)
def _with_a_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = SimpleNamespace(parse=_parse_mean, SCHEMA={})
    monkeypatch.setitem(aggregates.KINDS, "mean", kind)


@pytest.mark.parametrize(
    "criterion",
    ["{at_least: {rating: 4}}", "{any_of: [{at_least: {rating: 4}}]}"],
)
def test_a_measure_that_may_shrink_earns_no_badge(criterion: str) -> None:
    with pytest.raises(CatalogError, match="one more fact may lower measure `rating`") as caught:
        parse(TEXT.replace("{at_least: {rating: 4}}", criterion))
    assert [fault.line for fault in caught.value.faults] == [12]


def test_a_measure_that_may_shrink_may_be_measured() -> None:
    measured = parse(TEXT[: TEXT.index("badges:")] + "badges: {}\n")
    assert [measure.name for measure in measured.measures] == ["rating"]


def test_a_sum_of_numbers_that_may_be_negative_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"balance": Field("number", frozenset(), people=False)}
    monkeypatch.setattr("engine.rules.event_fields.fields", lambda _event: known)
    faults: list[Any] = []
    aggregates.parse(Node({"sum": Node("balance", 7, faults)}, 7, faults), RuleContext("any"))
    [(_, message)] = faults
    assert message == "`sum` only grows, but field `balance` may be negative"
