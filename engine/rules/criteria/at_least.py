"""`at_least: {MEASURE: N}`: the measure has reached N; true since the fact that reached it.

Asked as of an instant, for a stage or a reward, it has a long form, `{value: N, sample: S, in_last:
{months: K}}`: a mean, a share or a gain needs a sample of that size, and only facts of a window
count.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.rules.aggregates import JUDGED, Value
from engine.rules.aggregates.judgement import Judged
from engine.rules.aggregates.share import ShareMet
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
    one_measure,
)
from engine.rules.measure import Measure
from engine.rules.millionths import MILLION, millionths
from engine.rules.source import Node

MOST_MONTHS = 1_200


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A threshold on one measure. `wanted` is the number in millionths; `in_last`: of how many
    months facts count, all if None. With a sample or a window it is only asked as of an instant,
    by `projections.eligibility`: to a fold these say nothing."""

    measure: Measure
    number: float
    sample: int | None = None
    in_last: int | None = None
    wanted: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wanted", millionths(float(self.number)))

    @property
    def parts(self) -> tuple[Criterion, ...]:
        return ()

    def met(self, standing: Standing) -> bool:
        return self._reached(standing.value(self.measure))

    def progress(self, standing: Standing) -> Progress:
        need = self.wanted / MILLION
        return Progress(
            self.measure.aggregate.size(standing.value(self.measure)),
            self.number if need == self.number else need,
        )

    def prove(self, history: History) -> Proof:
        facts, aggregate = history.facts(self.measure), self.measure.aggregate
        position, evidence = aggregate.reached(facts, self.wanted, history.participant)
        return Proof(facts[position].time, listed(of_fact(fact) for fact in evidence))

    def leaves(self) -> Iterable[Leaf]:
        return (Leaf(self.measure, self._reached),)

    def holdings(self) -> Iterable[Holding]:
        return ()

    def words(self) -> str:
        sample = f" over at least {self.sample}" if self.sample is not None else ""
        window = f" in the last {self.in_last} months" if self.in_last is not None else ""
        return f"{self.measure.name} at least {self.number:g}{sample}{window}"

    def canonical(self) -> object:
        limits = {"sample": self.sample, "months": self.in_last}
        given = {key: limit for key, limit in limits.items() if limit is not None}
        asked = [self.measure.name, float(self.number)]
        return {"at_least": [*asked, given] if given else asked}

    def _reached(self, value: Value) -> bool:
        return self.measure.aggregate.exact(value) >= self.wanted


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `at_least: {MEASURE: N}`; N is above 0. Asked as of an instant, also `at_least:
    {MEASURE: {value: N, sample?: S, in_last?: {months: K}}}`."""
    entry = one_measure(node, "at_least")
    if entry is None:
        return None
    name, asked = entry
    measure = vocabulary.any_measure(name, asked)
    if isinstance(asked.value, dict):
        return _long(name, asked, measure, vocabulary)
    number = _number(name, asked, measure)
    if measure is None or number is None:
        return None
    if isinstance(measure.aggregate, Judged):
        asked.fault(
            f"at_least {name} needs a sample: write `{name}: {{value: {number:g}, sample: …}}`"
        )
    return AtLeast(measure, number)


_LONG = ("value", "sample", "in_last")


def _long(
    name: str, node: Node, measure: Measure | None, vocabulary: Vocabulary
) -> Criterion | None:
    if not vocabulary.as_of:
        node.fault(
            f"at_least {name} must be a number: a sample, or a window with `in_last`, may be asked "
            "for in stages and rewards alone, as one more fact or a day may take from them"
        )
        return None
    what = f"at_least {name}"
    entries = node.mapping(what, _LONG)
    sample = _sample(name, node, entries.get("sample"), measure)
    in_last = _in_last(entries["in_last"]) if "in_last" in entries else None
    if "value" not in entries:
        node.fault(f"{what} lacks `value`")
        return None
    number = _number(name, entries["value"], measure)
    return AtLeast(measure, number, sample, in_last) if measure and number is not None else None


def _sample(name: str, node: Node, given: Node | None, measure: Measure | None) -> int | None:
    if measure is not None and not isinstance(measure.aggregate, Judged):
        if given is not None:
            given.fault(
                f"`{name}` only counts, so its size is its sample: leave `sample` out; it is for "
                f"{', '.join(JUDGED)}"
            )
        return None
    if given is None:
        if measure is not None:
            node.fault(f"at_least {name} lacks `sample`: of how many it must at least be")
        return None
    return given.whole(f"sample of {name}", least=1)


def _in_last(node: Node) -> int:
    entries = node.mapping("in_last", ["months"])
    if "months" not in entries:
        if isinstance(node.value, dict):
            node.fault("in_last lacks `months`: write `in_last: {months: 12}`")
        return 1
    return entries["months"].whole("months of in_last", least=1, most=MOST_MONTHS)


def _number(name: str, node: Node, measure: Measure | None) -> float | None:
    """What is asked for, as far as that kind of measure can have it."""
    before = len(node.faults)
    number = node.number(f"at_least {name}")
    if measure is None or len(node.faults) > before:
        return None
    aggregate = measure.aggregate
    if isinstance(aggregate, ShareMet):
        if not 0 <= number <= 1:
            node.fault(f"at_least {name} is a share: write a number from 0 to 1, such as 0.85")
            return None
    elif not isinstance(aggregate, Judged) and millionths(number) <= 0:
        node.fault(
            f"at_least {name} must be above 0, or everybody would reach it; less than half "
            "a millionth is 0"
        )
        return None
    return number


_ABOVE_ZERO: dict[str, object] = {"type": "number", "exclusiveMinimum": 0}
SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": _ABOVE_ZERO,
}
AS_OF_SCHEMA: dict[str, object] = {
    **SCHEMA,
    "additionalProperties": {
        "oneOf": [
            _ABOVE_ZERO,
            {
                "type": "object",
                "required": ["value"],
                "additionalProperties": False,
                "properties": {
                    "value": {"type": "number"},
                    "sample": {"type": "integer", "minimum": 1},
                    "in_last": {
                        "type": "object",
                        "required": ["months"],
                        "additionalProperties": False,
                        "properties": {
                            "months": {"type": "integer", "minimum": 1, "maximum": MOST_MONTHS}
                        },
                    },
                },
            },
        ]
    },
}
