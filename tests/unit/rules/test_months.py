"""Months after and before a day: until when something is valid, and where a window begins."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.calendar import Calendar, months_after
from events.instants import Instant, from_datetime, parse_instant
from tests.support.examples import examples

ZONES = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia"]
INSTANTS = st.datetimes(datetime(1995, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(
    from_datetime
)
MONTHS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 2, 28), 36, date(2028, 2, 28)),
        (date(2096, 2, 29), 48, date(2100, 2, 28)),  # 2100 has no leap day
        (date(2025, 12, 31), 1200, date(2125, 12, 31)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 1, 15), -1, date(2024, 12, 15)),
        (date(2024, 2, 29), -24, date(2022, 2, 28)),
        (date(2025, 5, 31), 0, date(2025, 5, 31)),
        (date(9999, 12, 1), 1, date(9999, 12, 31)),
        (date(1, 1, 31), -1, date(1, 1, 1)),
    ],
)
def test_months_after_a_day_is_the_same_day_of_that_month_or_its_last(
    day: date, months: int, expected: date
) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("zone", "begin", "months", "until"),
    [
        # Berlin: granted on 31 March, one winter, one summer time; ends by summer time
        ("Europe/Berlin", "2024-03-31T00:30:00Z", 24, "2026-03-31T22:00:00Z"),
        ("Europe/Berlin", "2024-02-29T12:00:00Z", 24, "2026-02-28T23:00:00Z"),
        # the local day was the 27th already, and 1 February
        ("Europe/Berlin", "2024-10-26T22:30:00Z", 24, "2026-10-27T23:00:00Z"),
        ("Europe/Berlin", "2026-01-31T23:30:00Z", 24, "2028-02-01T23:00:00Z"),
        ("UTC", "2024-02-29T23:59:59.999999Z", 12, "2025-03-01T00:00:00Z"),
        ("UTC", "2024-12-31T00:00:00Z", 2, "2025-03-01T00:00:00Z"),
        # 4 November 2018 began at 01:00 in Sao Paulo, 24 April 2026 at 01:00 in Cairo
        ("America/Sao_Paulo", "2018-10-03T12:00:00Z", 1, "2018-11-04T03:00:00Z"),
        ("Africa/Cairo", "2026-03-23T12:00:00Z", 1, "2026-04-23T22:00:00Z"),
        # 29 October 2026 ends twice in Cairo: 23:00 to 24:00 comes again, midnight once
        ("Africa/Cairo", "2026-09-29T12:00:00Z", 1, "2026-10-29T22:00:00Z"),
        # 1 November 2026 has two midnights in Havana
        ("America/Havana", "2026-09-30T12:00:00Z", 1, "2026-10-31T04:00:00Z"),
        ("America/Havana", "2026-07-31T12:00:00Z", 3, "2026-11-01T04:00:00Z"),
        # there was no 30 December 2011 in Apia
        ("Pacific/Apia", "2011-11-29T20:00:00Z", 1, "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-11-30T20:00:00Z", 1, "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-01T20:00:00Z", 1, "2012-01-01T10:00:00Z"),
        ("Pacific/Kiritimati", "9998-12-31T00:00:00Z", 12, "9999-12-31T23:59:59.999999Z"),
        ("UTC", "9990-01-01T00:00:00Z", 1200, "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_something_is_valid_through_the_whole_day_so_many_months_later(
    zone: str, begin: str, months: int, until: str
) -> None:
    assert Calendar(zone).valid_until(parse_instant(begin), months) == parse_instant(until)


@pytest.mark.parametrize(
    ("zone", "instant", "months", "begin"),
    [
        ("Europe/Berlin", "2024-03-31T00:30:00Z", 24, "2022-03-30T22:00:00Z"),
        ("Europe/Berlin", "2026-05-31T12:00:00Z", 3, "2026-02-27T23:00:00Z"),
        ("UTC", "2024-02-29T00:00:00Z", 12, "2023-02-28T00:00:00Z"),
        ("America/Sao_Paulo", "2019-02-04T12:00:00Z", 3, "2018-11-04T03:00:00Z"),
        ("Pacific/Apia", "2012-01-30T20:00:00Z", 1, "2011-12-30T10:00:00Z"),
        ("UTC", "0001-05-05T00:00:00Z", 12, "0001-01-01T00:00:00Z"),
    ],
)
def test_a_window_begins_with_the_first_instant_of_the_day_so_many_months_before(
    zone: str, instant: str, months: int, begin: str
) -> None:
    assert Calendar(zone).months_before(parse_instant(instant), months) == parse_instant(begin)


def naive_months_after(day: date, months: int) -> date:
    """One month at a time; the day that is not there gives way to the last that is."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    of_month = day.day
    while True:
        try:
            return date(year, month, of_month)
        except ValueError:
            of_month -= 1


def naive_beginning(zone: str, day: date) -> datetime:
    """The first minute of UTC whose local date is that day or later: zones of these years move
    their clocks by whole minutes, and never back past a midnight into the day before last."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=26)
    while moment.astimezone(ZoneInfo(zone)).date() < day:
        moment += timedelta(minutes=30)
    return moment


@examples(300)
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-1200, 1200))
def test_months_are_those_of_going_one_month_at_a_time(day: date, months: int) -> None:
    assert months_after(day, months) == naive_months_after(day, months)


@examples(200)
@given(st.sampled_from(ZONES), INSTANTS, MONTHS)
def test_validity_ends_when_clocks_first_show_the_day_after(
    zone: str, begin: Instant, months: int
) -> None:
    day = datetime.fromisoformat(begin).astimezone(ZoneInfo(zone)).date()
    after = naive_months_after(day, months) + timedelta(days=1)
    calendar = Calendar(zone)
    until = calendar.valid_until(begin, months)
    assert until == from_datetime(naive_beginning(zone, after))
    assert calendar.day(until) >= after


@examples(200)
@given(st.sampled_from(ZONES), INSTANTS, MONTHS)
def test_a_window_holds_every_instant_of_its_first_day_and_none_before(
    zone: str, instant: Instant, months: int
) -> None:
    day = datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)).date()
    first = naive_months_after(day, -months)
    expected = from_datetime(naive_beginning(zone, first))
    assert Calendar(zone).months_before(instant, months) == expected


@examples(200)
@given(st.sampled_from(ZONES), INSTANTS, INSTANTS, MONTHS)
def test_what_began_later_never_ends_earlier(
    zone: str, one: Instant, other: Instant, months: int
) -> None:
    calendar, (earlier, later) = Calendar(zone), sorted([one, other])
    assert calendar.valid_until(earlier, months) <= calendar.valid_until(later, months)
