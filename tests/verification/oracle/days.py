"""Days and periods of a catalog's calendar, by plain counting.

A day is a whole number, 1 for 1 January of the year 1, and a period of each kind is one too, so
that neighbours differ by 1, whatever a zone skipped.
"""

from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PERIODS = ("day", "week", "month", "quarter", "year")

_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


class OracleCalendar(NamedTuple):
    """Where days begin, and with which day a week and a year do."""

    zone: ZoneInfo
    week_begins: int  # 0 is Monday
    year_begins: tuple[int, int]  # month, day


class LocalTime(NamedTuple):
    """An instant as a clock on the wall shows it: the day, and the time since its midnight."""

    day: int
    clock: timedelta


def calendar_of(written: dict[str, Any]) -> OracleCalendar:
    """The calendar of `calendar: {zone, week_begins, year_begins}`, each optional."""
    month, day = written.get("year_begins", "01-01").split("-")
    return OracleCalendar(
        zone_of(written.get("zone", "UTC")),
        WEEKDAYS.index(written.get("week_begins", "monday")),
        (int(month), int(day)),
    )


@cache
def zone_of(name: str) -> ZoneInfo:
    """A zone by the rules of the installed wheel, never by those of the machine."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)


def local(calendar: OracleCalendar, time: datetime) -> LocalTime:
    """An instant on the wall of the zone. No clock shows less than year 1 or more than 9999."""
    within = min(max(time, datetime(1, 1, 3, tzinfo=UTC)), datetime(9999, 12, 29, tzinfo=UTC))
    offset = within.astimezone(calendar.zone).utcoffset()
    assert offset is not None
    wall = min(max(time - _FIRST + offset, timedelta(0)), _LAST - _FIRST)
    days, clock = divmod(wall, timedelta(days=1))
    return LocalTime(days + 1, clock)


def year_month_day(day: int) -> tuple[int, int, int]:
    """The date of a day."""
    that_day = date.fromordinal(day)
    return that_day.year, that_day.month, that_day.day


def weekday(day: int) -> str:
    """The name of a day's weekday: 1 January of the year 1 was a Monday."""
    return WEEKDAYS[(day - 1) % 7]


@cache
def period(calendar: OracleCalendar, kind: str, time: datetime) -> int:
    """The number of the day, week, month, quarter or year in which an instant lies."""
    day = local(calendar, time).day
    year, month, of_month = year_month_day(day)
    match kind:
        case "day":
            return day
        case "week":
            return (day - 1 - calendar.week_begins) // 7
        case "month":
            return 12 * year + month
        case "quarter":
            return 4 * year + (month - 1) // 3
        case "year":
            return year if (month, of_month) >= calendar.year_begins else year - 1
    raise ValueError(kind)


def first_instant(calendar: OracleCalendar, written: str) -> datetime:
    """The first instant of a local day, such as 2026-03-29."""
    midnight = datetime.combine(date.fromisoformat(written), wall_time(0), calendar.zone)
    return midnight.astimezone(UTC)


def months_from(day: int, months: int) -> date:
    """The date so many months after a day, or before it: the same day of that month, or its last.
    A month before the year 1 is taken for the first day there is."""
    year, month, of_month = year_month_day(day)
    year, month = divmod(12 * year + month - 1 + months, 12)
    if year < 1:
        return date.min
    for last in (of_month, 30, 29, 28):
        try:
            return date(year, month + 1, min(of_month, last))
        except ValueError:
            continue
    raise ValueError(day)


def valid_until(calendar: OracleCalendar, time: datetime, months: int) -> datetime:
    """The end of the local day that lies so many months after that of an instant."""
    day = months_from(local(calendar, time).day, months) + timedelta(days=1)
    return first_instant(calendar, day.isoformat())


def window_start(calendar: OracleCalendar, time: datetime, months: int) -> datetime:
    """The first instant of the local day that lies so many months before that of an instant."""
    return first_instant(calendar, months_from(local(calendar, time).day, -months).isoformat())
