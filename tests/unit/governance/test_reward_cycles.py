"""Cycles: which one a day is in, when it begins, and which ones were before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.calendar import Calendar
from governance.rules.rewards.cycles import BadCycle, RewardCycle
from tests.support.examples import examples

BERLIN = Calendar("Europe/Berlin")
SCHOOL = Calendar("Europe/Berlin", year_begins="09-01")
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
LENGTHS = st.sampled_from(("quarter", "year"))


@pytest.mark.parametrize(
    ("length", "day", "name", "first", "begins"),
    [
        ("quarter", "2026-03-31", "2026-Q1", "2026-01-01", "2025-12-31T23:00:00.000000Z"),
        ("quarter", "2026-04-01", "2026-Q2", "2026-04-01", "2026-03-31T22:00:00.000000Z"),
        ("quarter", "2026-12-31", "2026-Q4", "2026-10-01", "2026-09-30T22:00:00.000000Z"),
        ("year", "2026-12-31", "2026", "2026-01-01", "2025-12-31T23:00:00.000000Z"),
    ],
)
def test_a_day_is_in_its_cycle(length: str, day: str, name: str, first: str, begins: str) -> None:
    cycle = RewardCycle.of_day(BERLIN, length, date.fromisoformat(day))
    assert str(cycle) == name
    assert cycle.first_day(BERLIN).isoformat() == first
    assert cycle.begins(BERLIN) == begins


def test_a_year_that_begins_in_september_is_named_by_its_first_day() -> None:
    cycle = RewardCycle.of_day(SCHOOL, "year", date(2026, 8, 31))
    assert str(cycle) == "2025"
    assert cycle.first_day(SCHOOL) == date(2025, 9, 1)


def test_the_cycles_before_are_the_latest_first() -> None:
    quarter = RewardCycle.parse("quarter", "2026-Q1")
    assert [str(each) for each in quarter.before(3)] == ["2025-Q4", "2025-Q3", "2025-Q2"]
    assert [str(each) for each in RewardCycle.parse("year", "0002").before(5)] == ["0001"]
    assert quarter.before(0) == []


@examples(100)
@given(DAYS, LENGTHS, st.sampled_from((BERLIN, SCHOOL)))
def test_each_cycle_has_a_name_of_its_own_and_begins_after_the_one_before(
    day: date, length: str, calendar: Calendar
) -> None:
    cycle = RewardCycle.of_day(calendar, length, day)
    assert RewardCycle.parse(length, str(cycle)) == cycle
    first = cycle.first_day(calendar)
    assert first <= day
    (before,) = cycle.before(1)
    assert RewardCycle.of_day(calendar, length, first - timedelta(days=1)) == before
    assert str(before) < str(cycle)


@pytest.mark.parametrize("text", ["", "2026-Q5", "2026-Q", "26-Q1", "0000-Q1", "2026"])
def test_what_names_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(BadCycle):
        RewardCycle.parse("quarter", text)


@pytest.mark.parametrize("text", ["2026-Q1", "0000", "year", " 2026"])
def test_what_names_no_year_is_refused(text: str) -> None:
    with pytest.raises(BadCycle):
        RewardCycle.parse("year", text)
