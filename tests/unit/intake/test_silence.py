"""When an input is quiet: gaps in time of weekdays, against a second, naive implementation."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.intake import silence
from engine.intake.silence import DAY, HOUR, InputWindow, silence_ratio

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
_instants = st.datetimes(datetime(2026, 6, 1), datetime(2027, 6, 1), timezones=st.just(UTC))


def ms(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def naive_gap(since: datetime, until: datetime) -> timedelta:
    """Day by day: what of each weekday lies in between."""
    total, day = timedelta(), since.replace(hour=0, minute=0, second=0, microsecond=0)
    while day < until:
        after = day + timedelta(days=1)
        if day.strftime("%a") not in ("Sat", "Sun"):
            total += min(until, after) - max(since, day)
        day = after
    return total


def naive_longest(instants: list[datetime]) -> timedelta:
    ordered = sorted(instants)
    return max((naive_gap(a, b) for a, b in pairwise(ordered)), default=timedelta())


@given(_instants, st.timedeltas(timedelta(), timedelta(days=60)))
def test_a_gap_is_the_time_of_the_weekdays_in_it(since: datetime, length: timedelta) -> None:
    until = since + length
    difference = silence.gap(ms(since), ms(until)) - naive_gap(since, until) / timedelta(
        milliseconds=1
    )
    assert abs(difference) <= 1  # milliseconds, which the instants were cut to


def test_a_weekend_is_no_silence() -> None:
    friday, monday = MONDAY - timedelta(days=3), MONDAY

    assert silence.gap(ms(friday + timedelta(hours=17)), ms(monday + timedelta(hours=9))) == (
        16 * HOUR
    )


@given(st.lists(_instants, min_size=1, max_size=12))
def test_the_longest_gap_of_a_window_is_that_of_all_neighbours(instants: list[datetime]) -> None:
    heard = silence.window([ms(at) for at in instants])

    assert (heard.first, heard.last) == (ms(min(instants)), ms(max(instants)))
    longest = naive_longest(instants) / timedelta(milliseconds=1)
    assert abs(heard.longest - longest) <= 1


@given(st.lists(_instants, min_size=2, max_size=12), st.data())
def test_windows_that_follow_one_another_are_as_one(
    instants: list[datetime], data: st.DataObject
) -> None:
    ordered = sorted(ms(at) for at in instants)
    cut = data.draw(st.integers(1, len(ordered) - 1))

    together = silence.joined(silence.window(ordered[:cut]), silence.window(ordered[cut:]))

    assert together == silence.window(ordered)


@given(st.lists(_instants, min_size=3, max_size=12), st.data())
def test_what_was_not_heard_makes_no_gap_longer_than_it_was(
    instants: list[datetime], data: st.DataObject
) -> None:
    ordered = sorted({ms(at) for at in instants})
    lost_from = data.draw(st.integers(0, len(ordered)))
    lost_to = data.draw(st.integers(lost_from, len(ordered)))
    earlier, later = ordered[:lost_from], ordered[lost_to:]
    broken = ordered[lost_to - 1] + 1 if lost_to > lost_from else None

    if earlier and later:
        heard = silence.joined(silence.window(earlier), silence.window(later), broken)
        assert heard.longest <= silence.window(ordered).longest


def _heard(longest: int = 4 * HOUR, days: int = 30) -> InputWindow:
    last = MONDAY + timedelta(hours=9)
    return InputWindow(ms(last - timedelta(days=days)), ms(last), longest)


@pytest.mark.parametrize(("hours", "ratio"), [(0, 0.0), (4, 1.0), (12, 3.0), (13, 3.25), (-1, 0.0)])
def test_silence_is_counted_in_longest_gaps(hours: int, ratio: float) -> None:
    now = _heard().last + hours * HOUR

    assert silence_ratio(_heard(), now) == ratio


def test_nothing_is_usual_for_an_input_of_less_than_two_weeks() -> None:
    now = _heard().last + 100 * HOUR

    assert silence_ratio(_heard(days=13), now) is None
    assert silence_ratio(_heard(days=14), now) is not None


def test_an_input_that_comes_all_the_time_may_pause_for_an_hour() -> None:
    assert silence_ratio(_heard(longest=500), _heard().last + HOUR) == 1.0


def test_an_input_that_is_silent_for_weeks_has_ended() -> None:
    assert silence_ratio(_heard(), _heard().last + 27 * DAY) is not None
    assert silence_ratio(_heard(), _heard().last + 29 * DAY) is None
    rare = _heard(longest=10 * DAY)
    assert silence_ratio(rare, rare.last + 60 * DAY) is not None
    assert silence_ratio(rare, rare.last + 90 * DAY) is None
