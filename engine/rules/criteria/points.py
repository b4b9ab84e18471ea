"""`points: {at_least: N, of: {MEASURE: WEIGHT, …}}`: the weighted sum of the measures' sizes has
reached N; true since the fact that reached it.

The facts of all the measures count together, in their order. A fact that two of them count adds
for both, and is evidence once. Weights, sizes and N are whole millionths: the sum is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import nextafter

from engine.fact import Fact, Place
from engine.rules.criteria.criterion import (
    Criterion,
    History,
    Holding,
    Leaf,
    Progress,
    Proof,
    Standing,
    Vocabulary,
    listed,
    of_fact,
)
from engine.rules.measure import Measure
from engine.rules.millionths import MILLION, as_number, millionths
from engine.rules.number_text import number
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class Points:
    """A threshold on a sum over measures. `wanted`, and the weights in `of`, are in millionths."""

    wanted: int
    of: tuple[tuple[Measure, int], ...]

    @property
    def number(self) -> float:
        """The points that are needed."""
        return self.wanted / MILLION

    @property
    def parts(self) -> tuple[Criterion, ...]:
        return ()

    def met(self, standing: Standing) -> bool:
        return self._points(standing) >= self.wanted * MILLION

    def progress(self, standing: Standing) -> Progress:
        """The points there are."""
        have = as_number(self._points(standing)) / MILLION
        need = self.number
        # Rounding to a double must not show as full what is not, nor the other way round.
        if (have >= need) != self.met(standing):
            have = need if self.met(standing) else nextafter(need, 0)
        return Progress(have, need)

    def prove(self, history: History) -> Proof:
        sizes = [0] * len(self.of)
        values = [measure.aggregate.zero for measure, _ in self.of]
        evidence: list[Fact] = []
        total = 0
        for fact, counted in self._facts(history):
            evidence.append(fact)
            for index in counted:
                measure, weight = self.of[index]
                aggregate = measure.aggregate
                one = aggregate.of(fact, history.participant)
                values[index] = aggregate.merge(values[index], one)
                size = aggregate.exact(values[index])
                total += weight * (size - sizes[index])
                sizes[index] = size
            if total >= self.wanted * MILLION:
                return Proof(fact.time, listed(map(of_fact, evidence)))
        raise AssertionError(f"the facts do not reach {self.words()}")

    def leaves(self) -> Iterable[Leaf]:
        """Any change of a size may be the one that counts."""
        return [Leaf(measure, measure.aggregate.exact) for measure, _ in self.of]

    def holdings(self) -> Iterable[Holding]:
        return ()

    def words(self) -> str:
        each = (f"{measure.name} x {number(weight / MILLION)}" for measure, weight in self.of)
        return f"at least {number(self.number)} points of {', '.join(each)}"

    def canonical(self) -> object:
        weights = {measure.name: weight for measure, weight in self.of}
        return {"points": [self.wanted, weights]}

    def _points(self, standing: Standing) -> int:
        return sum(
            weight * measure.aggregate.exact(standing.value(measure)) for measure, weight in self.of
        )

    def _facts(self, history: History) -> list[tuple[Fact, list[int]]]:
        """The facts of all measures in the order of facts, each with those that count it."""
        counted: dict[tuple[Place, str, str], tuple[Fact, list[int]]] = {}
        for index, (measure, _) in enumerate(self.of):
            for fact in history.facts(measure):
                key = (fact.place, fact.type, fact.id)
                counted.setdefault(key, (fact, []))[1].append(index)
        return sorted(counted.values(), key=_order)


def _order(pair: tuple[Fact, list[int]]) -> tuple[tuple[str, ...], str]:
    return pair[0].order, pair[0].place.participant or ""


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `points: {at_least: N, of: {MEASURE: WEIGHT, …}}`; N and weights are above 0."""
    entries = node.mapping("points", ["at_least", "of"])
    for needed in ("at_least", "of"):
        if isinstance(node.value, dict) and needed not in entries:
            node.fault(f"points lacks `{needed}`")
    wanted = _above_zero(entries["at_least"], "points at_least") if "at_least" in entries else None
    of: list[tuple[Measure, int]] = []
    weights = entries["of"].mapping("points of") if "of" in entries else {}
    for name, weight in sorted(weights.items()):
        measure = vocabulary.measure(name, weight)
        points = _above_zero(weight, f"the weight of {name}")
        if measure is not None and points is not None:
            of.append((measure, points))
    if "of" in entries and entries["of"].value == {}:
        entries["of"].fault("points of must have at least one measure with its weight")
    return Points(wanted, tuple(of)) if wanted is not None and of else None


def _above_zero(node: Node, what: str) -> int | None:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        node.number(what)
        return None
    count = millionths(node.number(what))
    if count <= 0:
        node.fault(f"{what} must be above 0; less than half a millionth is 0")
        return None
    return count


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["at_least", "of"],
    "additionalProperties": False,
    "properties": {
        "at_least": {"type": "number", "exclusiveMinimum": 0},
        "of": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "number", "exclusiveMinimum": 0},
        },
    },
}
