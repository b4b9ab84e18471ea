"""Points in time, as one text form that sorts in time order.

An Instant is always UTC, always 27 characters, always microseconds and "Z", so equal times are
equal texts and `<` on the texts is `<` on the times.
"""

import re
from datetime import UTC, date, datetime
from typing import NewType

Instant = NewType("Instant", str)

# Narrower than datetime.fromisoformat, which also takes week dates, commas, "24:00" and spaces.
_RFC3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"[Tt]((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])"
    r"(?:\.([0-9]+))?"
    r"([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_match = _RFC3339.fullmatch

_DAY, _CLOCK = r"[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
# What is often wrong, with what to do about it; anything else is only named as not RFC 3339.
_REASONS = [
    (re.compile(pattern), reason)
    for pattern, reason in (
        (rf"{_DAY} {_CLOCK}.*", "has a space where `T` must stand"),
        (rf"{_DAY}[Tt]{_CLOCK}", "lacks its offset: end it with Z, or with one like +01:00"),
        (r".*[Tt][0-9]{2}:[0-9]{2}:60.*", "has second 60: write a leap second as second 59"),
        (r".*[Tt]24:.*", "has hour 24: midnight is 00:00:00 of the next day"),
        (r"[+-]?[0-9]{5,}-.*|-[0-9]{4}-.*", "must have a year of four digits, 0001 to 9999"),
    )
]
_calendar_day = date.fromisoformat


def parse_instant(text: str) -> Instant:
    """Read an RFC 3339 date-time with an offset; digits finer than a microsecond are cut off.

    Raises ValueError, with a reason that does not quote the text, for anything else: no offset,
    second 60, a space for T, a day no calendar has, an instant outside the years 1 to 9999 UTC.
    """
    match = _match(text)
    if match is None:
        raise ValueError(_reason(text))
    day, clock, fraction, offset = match.groups()
    try:
        _calendar_day(day)
    except ValueError:
        raise ValueError("names a day that no calendar of the years 1 to 9999 has") from None
    micros = fraction[:6].ljust(6, "0") if fraction else "000000"
    if offset in ("Z", "z"):
        return Instant(f"{day}T{clock}.{micros}Z")
    try:
        return from_datetime(datetime.fromisoformat(f"{day}T{clock}.{micros}{offset}"))
    except OverflowError:
        raise ValueError("must lie in the years 1 to 9999 of UTC") from None


def _reason(text: str) -> str:
    for pattern, reason in _REASONS:
        if pattern.fullmatch(text):
            return reason
    return "must be an RFC 3339 time with an offset, like 2025-01-31T17:05:00Z"


def from_datetime(moment: datetime) -> Instant:
    """The instant of an aware datetime. Raises ValueError for a naive one, OverflowError for one
    that UTC puts outside the years 1 to 9999."""
    if moment.utcoffset() is None:
        raise ValueError("a time needs an offset; pass an aware datetime")
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return Instant(utc.isoformat(timespec="microseconds") + "Z")


def to_datetime(instant: Instant) -> datetime:
    """The instant as an aware datetime in UTC."""
    return datetime.fromisoformat(instant)
