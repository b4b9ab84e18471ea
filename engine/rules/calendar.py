"""The calendar of a program: what a day, a week and a year are to it.

It stands in the catalog, so it is part of what decides. Without one a program goes by UTC, weeks
begin on Monday and years on 1 January. Periods have numbers: those of neighbours differ by one.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, get_args

from engine.rules.time_zones import zone
from events.instants import Instant, from_datetime, to_datetime

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[str, ...] = get_args(Period)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_ALMOST_AN_HOUR = timedelta(hours=1) - timedelta(microseconds=1)
_FIRST, _LAST = Instant("0001-01-01T00:00:00.000000Z"), Instant("9999-12-31T23:59:59.999999Z")


@dataclass(frozen=True, slots=True)
class Calendar:
    """A time zone by its IANA name, the weekday that begins a week, and the month and day that
    begin a year."""

    zone: str = "UTC"
    week_begins: str = "monday"
    year_begins: str = "01-01"

    def wall_clock(self, instant: Instant) -> datetime:
        """What clocks of the zone show, without an offset. One that would show another year than
        1 to 9999 shows the first or the last moment of them."""
        utc = to_datetime(instant)
        try:
            return utc.astimezone(zone(self.zone)).replace(tzinfo=None)
        except OverflowError:
            return datetime.min if utc.year == 1 else datetime.max

    def day(self, instant: Instant) -> date:
        """The local date."""
        return date.fromordinal(self.number("day", instant))

    def first_instant(self, day: date) -> Instant:
        """The first instant of a local day. Where its midnight does not exist, the first one after
        the gap; where it comes twice, the earlier."""
        try:
            return from_datetime(datetime.combine(day, time(0), zone(self.zone)))
        except OverflowError:
            return _FIRST if day.year == 1 else _LAST

    def valid_until(self, instant: Instant, months: int) -> Instant:
        """The end of what began at the instant and is valid for so many months: the first instant
        of the local day after the last valid one, which it is valid through."""
        last = months_after(self.day(instant), months)
        return _LAST if last == date.max else self.first_instant(last + timedelta(days=1))

    def months_before(self, instant: Instant, months: int) -> Instant:
        """The first instant of the local day so many months before that of the instant."""
        return self.first_instant(months_after(self.day(instant), -months))

    def number(self, kind: str, instant: Instant) -> int:
        """The number of the period that the instant is in, by its local date."""
        number = _number_in_hour(self.zone, self.week_begins, self.year_begins, kind, instant[:13])
        if number is None:
            number = self.number_of_day(kind, self.wall_clock(instant).date())
        return number

    def number_of_day(self, kind: str, day: date) -> int:
        """The number of the period that a local day is in."""
        match kind:
            case "day":
                return day.toordinal()
            case "week":  # day 1 was a Monday
                return (day.toordinal() - 1 - WEEKDAYS.index(self.week_begins)) // 7
            case "month":
                return day.year * 12 + day.month - 1
            case "quarter":
                return day.year * 4 + (day.month - 1) // 3
            case "year":
                return day.year if f"{day:%m-%d}" >= self.year_begins else day.year - 1
        raise ValueError(f"no period is called {kind}")

    def first_day(self, kind: str, number: int) -> date:
        """The first day of a period: one that began before the year 1 has lost its own."""
        match kind:
            case "day":
                return date.fromordinal(number)
            case "week":
                first = number * 7 + 1 + WEEKDAYS.index(self.week_begins)
                return date.fromordinal(max(first, 1))
            case "month":
                return date(number // 12, number % 12 + 1, 1)
            case "quarter":
                return date(number // 4, number % 4 * 3 + 1, 1)
            case "year":
                return date.fromisoformat(f"{number:04}-{self.year_begins}") if number else date.min
        raise ValueError(f"no period is called {kind}")

    def period(self, kind: str, instant: Instant) -> date:
        """The first day of the period that the instant is in, which names it."""
        return self.first_day(kind, self.number(kind, instant))

    def next(self, kind: str, first: date) -> date:
        """The first day of the period after the one with this day.

        Raises:
            ValueError: it would begin after the year 9999.
        """
        return self.first_day(kind, self.number_of_day(kind, first) + 1)

    def canonical(self) -> dict[str, str]:
        """What decides, as JSON values, for the catalog's digest."""
        return {
            "zone": self.zone,
            "week_begins": self.week_begins,
            "year_begins": self.year_begins,
        }


DEFAULT_CALENDAR = Calendar()


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later (earlier if negative), or the last day of that
    month if it has no such day. Outside the years 1 to 9999: the first or last day of them."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Many facts share an hour, and to ask the zone for a local date takes twenty times as long.
@lru_cache(maxsize=1 << 16)
def _number_in_hour(
    name: str, week_begins: str, year_begins: str, kind: str, hour: str
) -> int | None:
    """The period that an hour of UTC is in; None if it is not in one alone."""
    days = _days_in_hour(name, hour)
    if days is None:
        return None
    calendar = Calendar(name, week_begins, year_begins)
    number = calendar.number_of_day(kind, days[0])
    return number if number == calendar.number_of_day(kind, days[1]) else None


@lru_cache(maxsize=1 << 16)
def _days_in_hour(name: str, hour: str) -> tuple[date, date] | None:
    """The local dates on which an hour of UTC begins and ends, whatever is counted by them; None if
    clocks are put forward or back within it."""
    calendar = Calendar(name)
    begin = calendar.wall_clock(Instant(f"{hour}:00:00.000000Z"))
    end = calendar.wall_clock(Instant(f"{hour}:59:59.999999Z"))
    return (begin.date(), end.date()) if end - begin == _ALMOST_AN_HOUR else None
