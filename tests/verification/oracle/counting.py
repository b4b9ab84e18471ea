"""Which facts count in a measure, for whom: conditions, people, and the fields that are read."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.verification.oracle.days import (
    PERIODS,
    OracleCalendar,
    first_instant,
    local,
    weekday,
    year_month_day,
)
from tests.verification.oracle.reading import InputRecord
from tests.verification.oracle.wire_values import instant

Json = dict[str, Any]


def counted(
    measure: Json, facts: list[InputRecord], person: str, calendar: OracleCalendar
) -> list[InputRecord]:
    """The facts that count in a measure for a person, in the order of facts."""
    return [
        fact
        for fact in sorted(facts, key=order)
        if fact.type == measure["event"]
        and meets(fact, measure.get("where", {}), calendar)
        and person in people(fact, measure["who"])
        and _is_complete(fact, measure["aggregate"], person)
    ]


def order(fact: InputRecord) -> tuple[datetime, str, str, str, str]:
    """The order of facts: time, type, id, loop; without a loop "", then the participant."""
    _, kind, place, fact_type, name = fact.key
    loop, participant = (place, "") if kind == "loop" else ("", place)
    return (fact.time, fact_type, name, loop, participant)


def people(fact: InputRecord, who: str | Json) -> set[str]:
    """Whom `who` means of a fact: one field, or `any_of` fields without those of `none_of`."""
    fields = {"any_of": [who]} if isinstance(who, str) else who
    named = {person for field in fields["any_of"] for person in entries(fact, field)}
    return named - {
        person for field in fields.get("none_of", []) for person in entries(fact, field)
    }


def entries(fact: InputRecord, field: str) -> list[Any]:
    """The value of a field, or the entries of a list; [] if the fact lacks it."""
    value = fact.data.get(field, [])
    return value if isinstance(value, list) else [value]


def values(fact: InputRecord, distinct: str | Json, person: str) -> set[Any]:
    """What a fact adds to a distinct measure of a person."""
    if isinstance(distinct, str):
        return set(entries(fact, distinct))
    entered = set(entries(fact, distinct["field"]))
    return entered - {person} if distinct.get("others") else entered


def _is_complete(fact: InputRecord, aggregate: str | Json, person: str) -> bool:
    """Whether a fact has every field that its aggregate reads."""
    if isinstance(aggregate, str):
        return True
    ((kind, option),) = aggregate.items()
    if kind == "sum":
        return option in fact.data
    if kind == "distinct":
        return bool(values(fact, option, person))
    if kind == "mean":
        return option in fact.data
    if kind == "share":
        return True
    if kind == "gain":
        return all(field in fact.data for field in (option["field"], *option["by"]))
    by = option["by"]
    return (by in PERIODS or bool(entries(fact, by))) and _is_complete(
        fact, option.get("of", "count"), person
    )


def meets(fact: InputRecord, where: Json, calendar: OracleCalendar) -> bool:
    """Whether a fact meets every condition."""
    return all(_meets(fact, field, tests, calendar) for field, tests in where.items())


def _meets(fact: InputRecord, field: str, tests: Json, calendar: OracleCalendar) -> bool:
    if field == "time":
        return _is_at(fact.time, tests, calendar)
    if field not in fact.data:
        return False
    value = fact.data[field]
    if isinstance(value, list):
        return _passes(len(value), tests["size"])
    return _passes(value, tests)


def _passes(value: Any, tests: Mapping[str, Any]) -> bool:
    for test, wanted in tests.items():
        match test:
            case "equals":
                passed = value == wanted
            case "one_of":
                passed = value in wanted
            case "at_least":
                passed = value >= wanted
            case "at_most":
                passed = value <= wanted
            case _:
                raise ValueError(test)
        if not passed:
            return False
    return True


def _is_at(time: datetime, tests: Json, calendar: OracleCalendar) -> bool:
    day, clock = local(calendar, time)
    _, month, of_month = year_month_day(day)
    for test, wanted in tests.items():
        match test:
            case "from":
                passed = time >= _bound(wanted, calendar)
            case "until":
                passed = time < _bound(wanted, calendar)
            case "weekday":
                passed = weekday(day) in wanted
            case "date":
                passed = f"{month:02}-{of_month:02}" == wanted
            case "hours":
                begin, end = (_clock(text) for text in wanted.split("-"))
                within = begin <= clock < end
                passed = within if begin < end else not end <= clock < begin
            case _:
                raise ValueError(test)
        if not passed:
            return False
    return True


def _clock(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _bound(written: str, calendar: OracleCalendar) -> datetime:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        return first_instant(calendar, written)
    return instant(written)
