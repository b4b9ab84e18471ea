"""When people meet: every week or two, save for holidays, misses and a day's delay now and then.

Also what their clocks show: each program tells its times with the offset of its own place.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random

from examples.cast import ALUMNI, COMMUNITY, COMPANY, Loop

_HOLIDAYS: dict[str, tuple[tuple[date, date], ...]] = {
    ALUMNI: ((date(2026, 3, 16), date(2026, 3, 20)), (date(2026, 5, 25), date(2026, 5, 25))),
    COMPANY: (
        (date(2026, 4, 3), date(2026, 4, 6)),
        (date(2026, 5, 1), date(2026, 5, 1)),
        (date(2026, 5, 14), date(2026, 5, 15)),
    ),
    COMMUNITY: ((date(2026, 4, 3), date(2026, 4, 6)),),
}

# Offset from UTC in hours in winter, and the day from which it is one hour more. Written down
# rather than asked of the system, whose time zones differ from machine to machine.
_CLOCKS: dict[str, tuple[int, date]] = {
    ALUMNI: (-5, date(2026, 3, 8)),
    COMPANY: (1, date(2026, 3, 29)),
    COMMUNITY: (0, date(2026, 3, 29)),
}


def local(program: str, day: date, at: time) -> datetime:
    """The moment a clock on the program's wall shows this day and time."""
    hours, summer = _CLOCKS[program]
    offset = timezone(timedelta(hours=hours + (day >= summer)))
    return datetime.combine(day, at, offset)


def on_the_wall(program: str, moment: datetime) -> str:
    """The moment in RFC 3339, seconds only, as the program's clocks show it."""
    day = moment.astimezone(UTC).date()
    return moment.astimezone(local(program, day, time(12)).tzinfo).isoformat()


def in_utc(moment: datetime) -> str:
    """The moment in RFC 3339, seconds only, as UTC with a Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def meeting_days(loop: Loop, rng: Random) -> Iterator[date]:
    """The days on which the loop met."""
    planned = loop.first
    while planned <= loop.last:
        day = planned
        if loop.missed and rng.random() < 0.08:
            day += timedelta(days=1)
        if not _holiday(loop.program, day) and rng.random() >= loop.missed:
            yield day
        planned += timedelta(days=loop.every)


def survey_days(loop: Loop) -> Iterator[date]:
    """The days on which the loop's people are asked for their Mentoring Quality Score."""
    day = loop.first + timedelta(days=loop.mqs_every)
    while day <= loop.last:
        yield day
        day += timedelta(days=loop.mqs_every)


def _holiday(program: str, day: date) -> bool:
    return any(first <= day <= last for first, last in _HOLIDAYS[program])
