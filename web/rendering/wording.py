"""Words that several pages form from values: dates in the viewer's zone, counts, names of cards.

Whole sentences stand in the texts of their page (`texts/<page>.py`); here is only the grammar.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from events.instants import Instant, to_datetime

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Dated(Protocol):
    """What happened at an instant."""

    @property
    def at(self) -> str: ...


Forms = tuple[str, str]
"""A text for one and a text for another number, each with {n}."""


def day(at: datetime | str, zone: str) -> str:
    """The calendar day of an instant where the viewer is: "29 Apr 2026"."""
    local = _local(at, zone)
    return f"{local.day} {_MONTHS[local.month - 1][:3]} {local.year}"


def last_day(until: datetime | str, zone: str) -> str:
    """The last calendar day before an instant, where the viewer is: what is valid until midnight is
    valid through the day before it."""
    end = to_datetime(Instant(until)) if isinstance(until, str) else until
    return day(end - timedelta(microseconds=1), zone)


def ended(until: datetime | str, now: datetime) -> bool:
    """Whether what is valid until an instant is not valid at the present."""
    end = to_datetime(Instant(until)) if isinstance(until, str) else until
    return end <= now


def minute(at: datetime | str, zone: str) -> str:
    """The minute of an instant where the viewer is: "29 Apr 2026, 17:05"."""
    return f"{day(at, zone)}, {clock(at, zone)}"


def clock(at: datetime | str, zone: str) -> str:
    """The time of day of an instant where the viewer is: "17:05"."""
    return f"{_local(at, zone):%H:%M}"


def weekday(at: datetime | str, zone: str) -> str:
    """The day of the week of an instant where the viewer is: "Tuesday"."""
    return _WEEKDAYS[_local(at, zone).weekday()]


def month(at: datetime | str, zone: str) -> str:
    """The month of an instant where the viewer is: "April 2026"."""
    local = _local(at, zone)
    return f"{_MONTHS[local.month - 1]} {local.year}"


def month_named(month: str) -> str:
    """A calendar month, "2026-04", as people write it: "April 2026"."""
    year, _, number = month.partition("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def month_short(month: str) -> str:
    """A calendar month, "2026-04", where there is little room: "Apr 2026"."""
    year, _, number = month.partition("-")
    return f"{_MONTHS[int(number) - 1][:3]} {year}"


def calendar_day(day: str) -> str:
    """A day of the calendar, "2026-04-29", as people write it: "29 Apr 2026"."""
    year, month, number = day.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1][:3]} {year}"


def calendar_date(day: str) -> str:
    """A day of the calendar, "2026-04-29", with its month in full: "29 April 2026"."""
    return f"{int(day[8:])} {month_named(day[:7])}"


def by_month(items: Iterable[Dated], zone: str) -> list[tuple[str, list[Dated]]]:
    """Items in their order, those of one month where the viewer is together."""
    return [
        (name, list(group)) for name, group in groupby(items, lambda item: month(item.at, zone))
    ]


def by_day(items: Iterable[Dated], zone: str) -> list[tuple[str, list[Dated]]]:
    """Items in their order, those of one day where the viewer is together."""
    return [(name, list(group)) for name, group in groupby(items, lambda item: day(item.at, zone))]


def machine_time(at: datetime | str) -> str:
    """An instant as the `datetime` of a <time>."""
    return at if isinstance(at, str) else at.isoformat()


def number(value: float) -> str:
    """A number of facts or points, without a fraction that says nothing: "14", "2.5"."""
    return str(int(value)) if value == int(value) else f"{value:.1f}"


def thousands(value: int) -> str:
    """A whole number as people read it: "2,000"."""
    return f"{value:,}"


def counted(n: int, forms: Forms, **values: object) -> str:
    """The form for this number, with the number in it: "1 person", "2,000 people". `values`: what
    else stands in it."""
    return forms[n != 1].format(n=thousands(n), **values)


def counted_on(n: int, forms: Forms, at: datetime | str, zone: str) -> str:
    """The form for this number, with it and the day of an instant, {day}, in it."""
    return forms[n != 1].format(n=n, day=day(at, zone))


def chip(count: int) -> str:
    """A count on a card, which has room for two digits: "×3", "×99+"."""
    return f"×{count}" if count < 100 else "×99+"


def isolated(name: str) -> Markup:
    """A name of a person, program or loop, which may be written in either direction."""
    return Markup("<bdi>{}</bdi>").format(name)


def fill(text: str, **values: object) -> Markup:
    """A text with its values, escaped unless they are markup already."""
    return Markup(text).format(**values)


def linked(text: str, address: str) -> Markup:
    """A text that is a link, to stand in a sentence."""
    return Markup('<a href="{}">{}</a>').format(address, text)


def sentence(text: str) -> str:
    """A text with a capital, to stand alone: "At least 9 top ratings"."""
    return text[:1].upper() + text[1:]


def progress(have: float, need: float, level: str | None) -> str:
    """How far it is: "14 of 15 to gold", or "3 of 4" for a badge without levels."""
    way = f"{number(have)} of {number(need)}"
    return f"{way} to {level}" if level else way


def accessible_name(
    name: str,
    *,
    level: str | None = None,
    count: int = 0,
    way: str | None = None,
    held: bool,
) -> str:
    """What a card is called: "Momentum, silver, 14 of 15 to gold", "Trust, 2 times"."""
    parts = [name]
    if level:
        parts.append(level)
    if count:
        parts.append(counted(count, ("{n} time", "{n} times")))
    if way:
        parts.append(way)
    if not held:
        parts.append("not yet")
    return ", ".join(parts)


def _local(at: datetime | str, zone: str) -> datetime:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OverflowError:  # the first and last day of the calendar, which other zones do not have
        return moment
