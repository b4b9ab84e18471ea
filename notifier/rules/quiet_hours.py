"""When an e-mail may go, by the clock on the wall of who gets it.

A wall clock goes twice through an hour in autumn and leaves one out in spring: quiet is what the
clock shows, both times, and what it never shows is over when it is past.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notifier.rules.preferences import QuietHours

MORNING = time(9)
"""When invitations go."""

_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=3)
"""A night, with what a change of the clock adds to it: no zone has left out more than a day."""


def may_go(now: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> datetime | None:
    """The first instant from `now` on that is in no quiet hours; None if all hours are quiet."""
    if quiet is None:
        return now
    if quiet.start == quiet.end:
        return None
    for begin, end, wall in _stretches(now, zone):
        if not _is_quiet(wall.time(), quiet):
            return begin
        awake = begin + (_next(wall, quiet.end) - wall)
        if awake < end:
            return awake
    return None


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The first instant from `now` on at which it gets 09:00; where the clock leaves that out, when
    it is put forward."""
    last: datetime | None = None
    for begin, end, wall in _stretches(now, zone):
        if last is not None and last < wall and _next(last, MORNING) < wall:
            skipped = _next(last, MORNING)
            if skipped.date() == wall.date():
                return begin
        morning = begin + (_next(wall, MORNING) - wall)
        if morning < end:
            return morning
        last = wall + (end - begin)
    raise AssertionError("a morning in three days")


def invitation_may_go(
    invited: datetime,
    mailed: datetime | None,
    now: datetime,
    quiet: QuietHours | None,
    zone: ZoneInfo,
) -> datetime | None:
    """When somebody may be mailed an invitation: in the morning after it, a day after the last one
    that was `mailed` to them at the earliest, and not in quiet hours, which may be at all hours."""
    earliest = next_morning(invited, zone)
    if mailed is not None:
        today = mailed.astimezone(zone).date()
        after = mailed
        while after.astimezone(zone).date() == today:
            after = next_morning(after + _SECOND, zone)
        earliest = max(earliest, after)
    return may_go(max(now, earliest), quiet, zone)


def _stretches(now: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime, datetime]]:
    """From `now` on, stretches in which the clock is not changed, of an hour at most: their begin,
    their end, and what the clock shows in the beginning."""
    begin = now.astimezone(UTC)
    last = begin + _LONGEST
    while begin < last:
        end = begin + _HOUR
        if _offset(begin, zone) != _offset(end, zone):
            end = _change(begin, end, zone)
        yield begin, end, (begin + _offset(begin, zone)).replace(tzinfo=None)
        begin = end


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second at which the clock is changed."""
    old = _offset(before, zone)
    low, high = before.replace(microsecond=0), after.replace(microsecond=0) + _SECOND
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if _offset(middle, zone) == old:
            low = middle
        else:
            high = middle
    return high


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _next(wall: datetime, at: time) -> datetime:
    """The next time from `wall` on that a clock which is never changed shows `at`."""
    today = datetime.combine(wall.date(), at)
    return today if today >= wall else today + _DAY


def _is_quiet(wall: time, quiet: QuietHours) -> bool:
    if quiet.start < quiet.end:
        return quiet.start <= wall < quiet.end
    return wall >= quiet.start or wall < quiet.end
