"""Ranges of days in a program's time zone: as they are asked for, and as instants."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.queries.report import ReportSpan
from events.instants import Instant, from_datetime

DEFAULT_DAYS = 180
MOST_DAYS = 3_660
"""Ten years: a chart with more months says nothing."""

_DAY = timedelta(days=1)
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReportDays:
    """The days from `first` to `last`, both included, where the program is."""

    first: date
    last: date
    zone: str

    @property
    def months(self) -> list[date]:
        """The first day of each month that the range has days of."""
        months = [self.first.replace(day=1)]
        while (following := (months[-1] + 31 * _DAY).replace(day=1)) <= self.last:
            months.append(following)
        return months

    @property
    def span(self) -> ReportSpan:
        """It as instants."""
        return ReportSpan(
            self._begin(self.first),
            self._begin(self.last + _DAY),
            tuple(self._begin(month) for month in self.months[1:]),
        )

    def _begin(self, day: date) -> Instant:
        return from_datetime(datetime.combine(day, time(), ZoneInfo(self.zone)))


class BadDays(ValueError):
    """A range that nobody can be shown. `field`: from or to; `detail`: what is wanted."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field, self.detail = field, detail


def chosen(first: str | None, last: str | None, zone: str, now: datetime) -> ReportDays:
    """The range that is asked for: until today, and for 180 days, unless a day is given. Raises
    BadDays."""
    until = _read("to", last) or now.astimezone(ZoneInfo(zone)).date()
    since = _read("from", first)
    if since is None:
        since = max(until - (DEFAULT_DAYS - 1) * _DAY, date(_FIRST_YEAR, 1, 1))
    if since > until:
        raise BadDays("from", "must not be after `to`")
    if (until - since).days >= MOST_DAYS:
        raise BadDays("from", f"must be less than {MOST_DAYS} days before `to`")
    return ReportDays(since, until, zone)


_FIRST_YEAR, _LAST_YEAR = 1900, 9000


def _read(field: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadDays(field, "must be a day, as 2026-03-31")
    return day
