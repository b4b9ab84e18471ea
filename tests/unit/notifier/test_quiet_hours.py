"""Quiet hours and mornings by the clock on the wall, over both changes of the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.rules.preferences import DEFAULT_QUIET_HOURS, QuietHours
from notifier.rules.quiet_hours import invitation_may_go, may_go, next_morning
from tests.support.examples import examples

NIGHT = DEFAULT_QUIET_HOURS


def instant(text: str) -> datetime:
    """An instant: "2026-03-29T01:30" is in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(text: str) -> QuietHours:
    """ "20:00-08:00"."""
    start, end = text.split("-")
    return QuietHours(time.fromisoformat(start), time.fromisoformat(end))


@pytest.mark.parametrize(
    ("zone", "quiet", "now", "goes"),
    [
        # Berlin goes to summer time on 29 March at 02:00 (01:00 UTC), back on 25 October at 03:00.
        ("Europe/Berlin", "20:00-08:00", "2026-03-28T18:59", "2026-03-28T18:59"),
        ("Europe/Berlin", "20:00-08:00", "2026-03-28T19:00", "2026-03-29T06:00"),
        ("Europe/Berlin", "20:00-08:00", "2026-10-24T18:00", "2026-10-25T07:00"),
        ("Europe/Berlin", "20:00-02:30", "2026-03-28T20:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "02:15-02:45", "2026-03-29T00:59", "2026-03-29T00:59"),
        ("Europe/Berlin", "20:00-02:30", "2026-10-24T20:00", "2026-10-25T00:30"),
        ("Europe/Berlin", "20:00-02:30", "2026-10-25T00:59", "2026-10-25T00:59"),
        ("Europe/Berlin", "20:00-02:30", "2026-10-25T01:00", "2026-10-25T01:30"),
        ("Europe/Berlin", "02:00-03:00", "2026-10-25T00:10", "2026-10-25T02:00"),
        # New York on 8 March at 02:00 (07:00 UTC), back on 1 November at 02:00 (06:00 UTC).
        ("America/New_York", "20:00-08:00", "2026-03-08T01:00", "2026-03-08T12:00"),
        ("America/New_York", "20:00-08:00", "2026-11-01T00:00", "2026-11-01T13:00"),
        ("America/New_York", "22:00-02:30", "2026-03-08T05:00", "2026-03-08T07:00"),
        ("America/New_York", "22:00-01:30", "2026-11-01T06:10", "2026-11-01T06:30"),
        # Lord Howe Island changes by half an hour, on 5 April back and on 4 October forward.
        ("Australia/Lord_Howe", "20:00-08:00", "2026-04-04T12:00", "2026-04-04T21:30"),
        ("Australia/Lord_Howe", "20:00-08:00", "2026-10-03T12:00", "2026-10-03T21:00"),
        ("Australia/Lord_Howe", "20:00-02:15", "2026-10-03T15:00", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "20:00-01:45", "2026-04-04T14:50", "2026-04-04T14:50"),
        ("Australia/Lord_Howe", "20:00-01:45", "2026-04-04T15:00", "2026-04-04T15:15"),
        # Santiago changes at midnight: on 5 April back, on 6 September forward, with no 00:00.
        ("America/Santiago", "20:00-08:00", "2026-04-04T23:30", "2026-04-05T12:00"),
        ("America/Santiago", "20:00-08:00", "2026-09-06T02:00", "2026-09-06T11:00"),
        ("America/Santiago", "20:00-00:30", "2026-09-06T03:00", "2026-09-06T04:00"),
        ("America/Santiago", "20:00-23:30", "2026-04-05T03:00", "2026-04-05T03:30"),
        # Kolkata never does; Apia had no 30 December 2011.
        ("Asia/Kolkata", "20:00-08:00", "2026-03-29T14:29", "2026-03-29T14:29"),
        ("Asia/Kolkata", "20:00-08:00", "2026-03-29T14:30", "2026-03-30T02:30"),
        ("Pacific/Apia", "20:00-08:00", "2011-12-30T07:00", "2011-12-30T18:00"),
    ],
)
def test_an_e_mail_goes_when_the_wall_clock_shows_no_quiet_hour(
    zone: str, quiet: str, now: str, goes: str
) -> None:
    assert may_go(instant(now), hours(quiet), ZoneInfo(zone)) == instant(goes)


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        ("Europe/Berlin", "2026-03-28T08:00", "2026-03-28T08:00"),
        ("Europe/Berlin", "2026-03-28T08:01", "2026-03-29T07:00"),
        ("Europe/Berlin", "2026-10-24T12:00", "2026-10-25T08:00"),
        ("America/New_York", "2026-03-08T00:00", "2026-03-08T13:00"),
        ("America/New_York", "2026-10-31T20:00", "2026-11-01T14:00"),
        ("Australia/Lord_Howe", "2026-04-04T00:00", "2026-04-04T22:30"),
        ("Australia/Lord_Howe", "2026-10-03T00:00", "2026-10-03T22:00"),
        ("America/Santiago", "2026-09-05T20:00", "2026-09-06T12:00"),
        ("Asia/Kolkata", "2026-01-01T12:00", "2026-01-02T03:30"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T19:00"),
    ],
)
def test_an_invitation_goes_in_the_next_morning(zone: str, now: str, morning: str) -> None:
    assert next_morning(instant(now), ZoneInfo(zone)) == instant(morning)


def test_without_quiet_hours_it_goes_at_once_and_never_if_all_hours_are_quiet() -> None:
    now = instant("2026-01-01T03:00")
    assert may_go(now, None, ZoneInfo("UTC")) == now
    assert may_go(now, QuietHours(time(8), time(8)), ZoneInfo("UTC")) is None


def test_one_mail_of_invitations_a_day() -> None:
    zone = ZoneInfo("Europe/Berlin")
    invited, now = instant("2026-05-04T10:00"), instant("2026-05-05T07:00")
    assert invitation_may_go(invited, None, now, NIGHT, zone) == now
    assert invitation_may_go(invited, None, invited, NIGHT, zone) == now
    mailed = instant("2026-05-05T07:00:01")
    assert invitation_may_go(invited, mailed, mailed, NIGHT, zone) == instant("2026-05-06T07:00")
    late = hours("20:00-10:00")
    assert invitation_may_go(invited, None, now, late, zone) == instant("2026-05-05T08:00")
    # Mailed in the small hours, by who has no quiet ones: the same day's morning is too early.
    mailed = instant("2026-05-04T23:00")
    assert invitation_may_go(invited, mailed, mailed, None, zone) == instant("2026-05-06T07:00")


ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kolkata",
    "Pacific/Chatham",
]
_MINUTE = timedelta(minutes=1)
clocks = st.times(max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))
_YEAR = instant("2026-01-01")


def _around(day: str) -> st.SearchStrategy[int]:
    change = (instant(day) - _YEAR) // _MINUTE
    return st.integers(change - 2_000, change + 2_000)


_CHANGES = (
    "2026-03-08",
    "2026-03-29",
    "2026-04-05",
    "2026-09-06",
    "2026-09-27",
    "2026-10-04",
    "2026-10-25",
    "2026-11-01",
)
minutes = st.one_of(st.integers(0, 525_599), *map(_around, _CHANGES)).map(
    lambda n: _YEAR + n * _MINUTE
)


def _stepping(now: datetime, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """A second implementation: look at the wall clock every minute."""
    while True:
        wall = now.astimezone(zone).time()
        inside = (
            quiet.start <= wall < quiet.end
            if quiet.start < quiet.end
            else not (quiet.end <= wall < quiet.start)
        )
        if not inside:
            return now
        now += _MINUTE


@examples(150)
@given(minutes, clocks, clocks, st.sampled_from(ZONES))
def test_it_agrees_with_who_looks_at_the_clock_every_minute(
    now: datetime, start: time, end: time, name: str
) -> None:
    if start == end:
        return
    zone, quiet = ZoneInfo(name), QuietHours(start, end)
    assert may_go(now, quiet, zone) == _stepping(now, quiet, zone)


@examples(150)
@given(minutes, st.sampled_from(ZONES))
def test_mornings_agree_with_who_looks_at_the_clock_every_minute(now: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    looked = now
    while (looked.astimezone(zone).hour, looked.astimezone(zone).minute) != (9, 0):
        looked += _MINUTE
    assert next_morning(now, zone) == looked


@examples(100)
@given(minutes, st.integers(0, 59_999_999), clocks, clocks, st.sampled_from(ZONES))
def test_it_is_never_in_the_past_and_never_in_quiet_hours(
    now: datetime, extra: int, start: time, end: time, name: str
) -> None:
    if start == end:
        return
    zone, quiet = ZoneInfo(name), QuietHours(start, end)
    at = now + timedelta(microseconds=extra)
    goes = may_go(at, quiet, zone)
    assert goes is not None
    assert goes >= at
    assert may_go(goes, quiet, zone) == goes
