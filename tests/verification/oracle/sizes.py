"""How much a measure has come to: the size of some facts, in millionths, counted from nothing."""

from fractions import Fraction
from typing import Any

from tests.verification.oracle.counting import entries, values
from tests.verification.oracle.days import PERIODS, OracleCalendar, period
from tests.verification.oracle.reading import InputRecord

MILLION = 1_000_000

Json = dict[str, Any]
Facts = list[InputRecord]


def millionths(number: float) -> int:
    """A number in whole millionths, half to even."""
    return round(Fraction(float(number)) * MILLION)


def size(aggregate: str | Json, facts: Facts, person: str, calendar: OracleCalendar) -> int:
    """The size of an aggregate over facts that count for a person."""
    if aggregate == "count":
        return len(facts) * MILLION
    assert isinstance(aggregate, dict)
    ((kind, option),) = aggregate.items()
    match kind:
        case "sum":
            return sum(millionths(fact.data[option]) for fact in facts)
        case "distinct":
            return len({v for fact in facts for v in values(fact, option, person)}) * MILLION
        case "groups":
            return len(counting_groups(option, facts, person, calendar)) * MILLION
        case "streak":
            counting = counting_groups(option, facts, person, calendar)
            return max((len(run(counting, one)) for one in counting), default=0) * MILLION
    raise ValueError(kind)


def groups_of(option: Json, fact: InputRecord, calendar: OracleCalendar) -> set[Any]:
    """The groups in which a fact stands: its period, or the entries of its field."""
    if option["by"] in PERIODS:
        return {period(calendar, option["by"], fact.time)}
    return set(entries(fact, option["by"]))


def counting_groups(
    option: Json, facts: Facts, person: str, calendar: OracleCalendar
) -> dict[Any, Facts]:
    """The groups that reach `each`, each with its facts up to the one at which it did."""
    counting: dict[Any, Facts] = {}
    for group in {g for fact in facts for g in groups_of(option, fact, calendar)}:
        inside = [fact for fact in facts if group in groups_of(option, fact, calendar)]
        for number in range(1, len(inside) + 1):
            came_to = size(option.get("of", "count"), inside[:number], person, calendar)
            if came_to >= millionths(option.get("each", 1)):
                counting[group] = inside[:number]
                break
    return counting


def run(counting: dict[int, Facts], period_number: int) -> list[int]:
    """The longest run of neighbouring periods around one of them; [] if it does not count."""
    if period_number not in counting:
        return []
    first = last = period_number
    while first - 1 in counting:
        first -= 1
    while last + 1 in counting:
        last += 1
    return list(range(first, last + 1))


def evidence(aggregate: str | Json, facts: Facts, person: str, calendar: OracleCalendar) -> Facts:
    """What proves a size that the last of these facts completed."""
    if isinstance(aggregate, str) or not aggregate.keys() & {"groups", "streak"}:
        return facts
    ((kind, option),) = aggregate.items()
    counting = counting_groups(option, facts, person, calendar)
    if kind == "streak":
        (completed,) = groups_of(option, facts[-1], calendar)
        counting = {number: counting[number] for number in run(counting, completed)}
    return [fact for inside in counting.values() for fact in inside]
