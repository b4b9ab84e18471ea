"""How often somebody may give."""

from datetime import UTC, datetime, timedelta

import pytest

from web.kudos.rules import seconds_to_wait
from web.store.gifts import GivenBefore

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def before(*ago: float, same: bool = False) -> list[GivenBefore]:
    """What was given so many seconds ago."""
    return [GivenBefore(NOW - timedelta(seconds=seconds), same) for seconds in sorted(ago)]


def test_who_gave_little_gives_at_once() -> None:
    assert seconds_to_wait(before(*range(19)), NOW) == 0
    assert seconds_to_wait(before(1, 2, same=True), NOW) == 0


def test_the_twentieth_but_one_ends_the_hour() -> None:
    assert seconds_to_wait(before(*range(20)), NOW) == 3_600 - 19


def test_what_was_given_an_hour_ago_counts_no_more() -> None:
    assert seconds_to_wait(before(*range(19), 3_600), NOW) == 0


def test_the_third_of_a_kind_ends_the_day() -> None:
    assert seconds_to_wait(before(60, 3_600, 7_200, same=True), NOW) == 86_400 - 7_200


def test_of_two_limits_the_longer_wait_counts() -> None:
    day = before(0, 1, 40_000, same=True)
    hour = before(*range(2, 20))
    assert seconds_to_wait(sorted(day + hour, reverse=True), NOW) == 86_400 - 40_000


@pytest.mark.parametrize("left", [0.001, 0.999])
def test_nobody_waits_for_no_time(left: float) -> None:
    assert seconds_to_wait(before(*range(19), 3_600 - left), NOW) == 1
