"""`time: {from, until, weekday, hours, date}`: when a fact happened, by the catalog's calendar."""

import re
from dataclasses import dataclass
from datetime import date

from engine.fact import Fact
from engine.rules.calendar import WEEKDAYS, Calendar
from engine.rules.context import RuleContext
from engine.rules.source import Node
from events.instants import Instant, parse_instant

KEY = "time"
TESTS = ("from", "until", "weekday", "hours", "date")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH_AND_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
_HOURS = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9])")


@dataclass(frozen=True, slots=True)
class FactTime:
    """One test of the time of a fact. `wanted`: as written, an instant in UTC. `limit`: the instant
    that `from` and `until` compare with."""

    test: str
    wanted: tuple[str, ...]
    calendar: Calendar
    limit: str = ""

    def met(self, fact: Fact) -> bool:
        match self.test:
            case "from":
                return fact.time >= self.limit
            case "until":
                return fact.time < self.limit
            case "weekday":
                number = self.calendar.number("day", fact.time)
                return WEEKDAYS[(number - 1) % 7] in self.wanted
            case "date":
                day = date.fromordinal(self.calendar.number("day", fact.time))
                return day.isoformat()[5:] in self.wanted
        begin, end = self.wanted
        clock = self.calendar.wall_clock(fact.time).time().isoformat()
        if begin < end:
            return begin <= clock < end
        return clock >= begin or clock < end

    def words(self) -> str:
        match self.test:
            case "weekday":
                return f"on {' or '.join(self.wanted)}"
            case "date":
                return f"on {self.wanted[0]} of a year"
            case "hours":
                return f"between {self.wanted[0]} and {self.wanted[1]}"
        return f"{self.test} {self.wanted[0]}"

    def canonical(self) -> list[object]:
        return [KEY, self.test, list(self.wanted)]


def parse(node: Node, context: RuleContext) -> list[FactTime]:
    """Read `{from?, until?, weekday?, hours?, date?}`, at least one of them."""
    tests = node.mapping(f"where {KEY}", TESTS)
    if node.value == {}:
        node.fault(f"where {KEY} must have at least one of {', '.join(TESTS)}")
    conditions = []
    for test, value in tests.items():
        if test in ("from", "until"):
            conditions.append(_limit(test, value, context.calendar))
        elif test in _WANTED:
            conditions.append(FactTime(test, _WANTED[test](value), context.calendar))
    return conditions


def _limit(test: str, node: Node, calendar: Calendar) -> FactTime:
    """From a date, whose first instant is meant, or from an instant."""
    text = node.text(f"{test} of {KEY}")
    if _DATE.fullmatch(text) and _is_date(text):
        limit = calendar.first_instant(date.fromisoformat(text))
        return FactTime(test, (text,), calendar, limit)
    try:
        instant = parse_instant(text)
    except ValueError as error:
        if text:
            node.fault(
                f"{test} must be a date, such as 2026-09-01, or an instant, such as "
                f"2026-09-01T08:00:00Z: it {error}"
            )
        instant = Instant("")
    return FactTime(test, (instant,), calendar, instant)


def _weekdays(node: Node) -> tuple[str, ...]:
    given = [entry.one_of("a weekday", WEEKDAYS) for entry in node.sequence("weekday")]
    return tuple(sorted(set(given), key=WEEKDAYS.index))


def _hours(node: Node) -> tuple[str, ...]:
    text = node.text("hours")
    match = _HOURS.fullmatch(text)
    if match is None or match[1] == match[2]:
        if text:
            node.fault('hours must be two different times of day, such as "18:00-22:30"')
        return ("00:00", "00:01")
    return match.groups()


def _date(node: Node) -> tuple[str, ...]:
    text = node.text("date")
    if text and not (_MONTH_AND_DAY.fullmatch(text) and _is_date(f"2000-{text}")):
        node.fault('date must be a month and a day, such as "03-08"')
    return (text,)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_WANTED = {"weekday": _weekdays, "hours": _hours, "date": _date}

SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "from": {"type": "string", "description": "A date or an RFC 3339 instant; included."},
        "until": {"type": "string", "description": "A date or an RFC 3339 instant; not included."},
        "weekday": {"type": "array", "minItems": 1, "items": {"enum": list(WEEKDAYS)}},
        "hours": {"type": "string", "pattern": f"^{_HOURS.pattern}$"},
        "date": {"type": "string", "pattern": f"^{_MONTH_AND_DAY.pattern}$"},
    },
}
