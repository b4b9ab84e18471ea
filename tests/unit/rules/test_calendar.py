"""What a day, a week and a year are to a program."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.calendar import PERIODS, WEEKDAYS, Calendar
from engine.rules.time_zones import zone_names
from events.instants import Instant, from_datetime, parse_instant
from tests.support.examples import examples

ZONES = ["UTC", "America/New_York", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]
INSTANTS = st.datetimes(datetime(1980, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(
    from_datetime
)


def test_monday_evening_and_tuesday_morning_are_one_day_in_utc_and_two_in_new_york() -> None:
    evening, morning = parse_instant("2026-03-03T04:30:00Z"), parse_instant("2026-03-03T14:00:00Z")
    assert Calendar().day(evening) == Calendar().day(morning)
    here = Calendar("America/New_York")
    assert [here.day(evening), here.day(morning)] == [date(2026, 3, 2), date(2026, 3, 3)]


@pytest.mark.parametrize(
    ("kind", "first", "following"),
    [
        ("day", date(2026, 2, 28), date(2026, 3, 1)),
        ("week", date(2026, 2, 22), date(2026, 3, 1)),
        ("month", date(2026, 2, 1), date(2026, 3, 1)),
        ("quarter", date(2026, 1, 1), date(2026, 4, 1)),
        ("year", date(2025, 9, 1), date(2026, 9, 1)),
    ],
)
def test_a_period_is_named_by_its_first_day(kind: str, first: date, following: date) -> None:
    calendar = Calendar("Europe/Berlin", "sunday", "09-01")
    instant = parse_instant("2026-02-28T12:00:00Z")
    assert calendar.period(kind, instant) == first
    assert calendar.next(kind, first) == following


def test_a_quarter_is_one_of_the_calendar_year_whenever_the_program_year_begins() -> None:
    instant = parse_instant("2026-05-05T12:00:00Z")
    assert Calendar(year_begins="03-15").period("quarter", instant) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("Europe/Berlin", date(2026, 3, 29), "2026-03-28T23:00:00Z"),
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00:00Z"),  # no midnight
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00:00Z"),  # two midnights
        ("Asia/Tokyo", date(1, 1, 1), "0001-01-01T00:00:00Z"),
    ],
)
def test_a_day_begins_with_its_first_instant(zone: str, day: date, instant: str) -> None:
    assert Calendar(zone).first_instant(day) == parse_instant(instant)


def test_days_that_a_zone_left_out_are_neighbours_of_nothing() -> None:
    apia = Calendar("Pacific/Apia")
    before, after = parse_instant("2011-12-30T09:00:00Z"), parse_instant("2011-12-30T11:00:00Z")
    assert [apia.day(before), apia.day(after)] == [date(2011, 12, 29), date(2011, 12, 31)]
    assert apia.number("day", after) - apia.number("day", before) == 2


def test_a_clock_that_would_show_the_year_zero_shows_the_first_moment_there_is() -> None:
    instant = parse_instant("0001-01-01T02:00:00Z")
    assert Calendar("America/New_York").day(instant) == date(1, 1, 1)
    for kind in PERIODS:
        calendar = Calendar("America/New_York", "thursday", "07-01")
        assert calendar.period(kind, instant) == date.min
    last = parse_instant("9999-12-31T23:00:00Z")
    assert Calendar("Asia/Tokyo").day(last) == date(9999, 12, 31)


@examples(200)
@given(st.sampled_from(ZONES), INSTANTS)
def test_the_local_day_is_what_the_zone_says_also_when_clocks_change(
    zone: str, instant: Instant
) -> None:
    local = datetime.fromisoformat(instant).astimezone(ZoneInfo(zone))
    assert Calendar(zone).day(instant) == local.date()


def test_every_minute_around_a_midnight_that_comes_twice_is_of_its_day() -> None:
    begin = datetime(2010, 11, 7, 1, 0, tzinfo=UTC)
    zone, calendar = ZoneInfo("America/St_Johns"), Calendar("America/St_Johns")
    days = []
    for minute in range(240):
        moment = begin + timedelta(minutes=minute, seconds=30)
        days.append(calendar.day(from_datetime(moment)))
        assert days[-1] == moment.astimezone(zone).date()
    assert sum(one != other for one, other in pairwise(days)) == 3


@examples(100)
@given(
    st.sampled_from(PERIODS),
    st.dates(date(1990, 1, 1)),
    st.sampled_from(WEEKDAYS),
    st.sampled_from(["01-01", "02-28", "07-15", "12-31"]),
)
def test_every_day_is_in_one_period_between_its_first_day_and_the_next(
    kind: str, day: date, week_begins: str, year_begins: str
) -> None:
    calendar = Calendar("UTC", week_begins, year_begins)
    number = calendar.number_of_day(kind, day)
    first = calendar.first_day(kind, number)
    assert first <= day
    assert calendar.number_of_day(kind, first) == number
    if day.year < 9998:
        following = calendar.next(kind, first)
        assert day < following
        assert calendar.number_of_day(kind, following) == number + 1


def test_zone_rules_are_those_of_the_package() -> None:
    assert {"UTC", "Europe/Berlin", "America/New_York"} <= zone_names()
    assert not any(name.startswith(("/", ".")) for name in zone_names())
