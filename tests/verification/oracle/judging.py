"""Means, shares and gains: how much an indicator that may fall is, as of an instant."""

from fractions import Fraction
from typing import Any, NamedTuple

from tests.verification.oracle.counting import meets, order
from tests.verification.oracle.days import OracleCalendar
from tests.verification.oracle.reading import InputRecord
from tests.verification.oracle.sizes import MILLION, millionths

FALLING = ("mean", "share", "gain")

Json = dict[str, Any]
Facts = list[InputRecord]


class NaiveValue(NamedTuple):
    """What an indicator is, exactly, in millionths; None of nothing. `sample`: of how many."""

    value: Fraction | None
    sample: int


def is_falling(aggregate: str | Json) -> bool:
    """Whether an aggregate is a mean, a share or a gain."""
    return isinstance(aggregate, dict) and bool(aggregate.keys() & set(FALLING))


def value_of(aggregate: Json, facts: Facts, within: Facts, calendar: OracleCalendar) -> NaiveValue:
    """A mean, share or gain. `facts`: all that count so far; `within`: those in the window."""
    ((kind, option),) = aggregate.items()
    match kind:
        case "mean":
            return _mean([millionths(fact.data[option]) for fact in within])
        case "share":
            return _mean([MILLION * meets(fact, option, calendar) for fact in within])
        case "gain":
            return _mean([last - first for first, last in _pairs(option, facts, within, calendar)])
    raise ValueError(kind)


def _mean(numbers: list[int]) -> NaiveValue:
    return NaiveValue(Fraction(sum(numbers), len(numbers)) if numbers else None, len(numbers))


def _pairs(
    option: Json, facts: Facts, within: Facts, calendar: OracleCalendar
) -> list[tuple[int, int]]:
    """The first and the last value of every key that has both, in that order."""

    def is_start(fact: InputRecord) -> bool:
        return meets(fact, option["from"], calendar) and not meets(fact, option["to"], calendar)

    def is_end(fact: InputRecord) -> bool:
        return meets(fact, option["to"], calendar) and not meets(fact, option["from"], calendar)

    def key(fact: InputRecord) -> list[Any]:
        return [fact.data[field] for field in option["by"]]

    found: list[tuple[int, int]] = []
    keys: list[list[Any]] = []
    for fact in facts:
        if key(fact) not in keys:
            keys.append(key(fact))
    for one in keys:
        starts = sorted((f for f in facts if key(f) == one and is_start(f)), key=order)
        ends = sorted((f for f in within if key(f) == one and is_end(f)), key=order)
        if starts and ends and order(starts[0]) < order(ends[-1]):
            values = (fact.data[option["field"]] for fact in (starts[0], ends[-1]))
            first, last = (millionths(value) for value in values)
            found.append((first, last))
    return found
