"""Answers that are kept: computed once in a while, and never twice at a time."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from web.reports.kept import Kept


class _Watch:
    """A clock that is moved by hand, and how often something was computed."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 29, tzinfo=UTC)
        self.computed = 0

    def compute(self, _at: datetime) -> int:
        self.computed += 1
        return self.computed


def test_an_answer_is_the_same_until_it_is_a_minute_old() -> None:
    watch = _Watch()
    kept = Kept[int](lambda: watch.now)
    assert [kept.get("p", watch.compute) for _ in range(3)] == [1, 1, 1]
    watch.now += timedelta(seconds=59)
    assert kept.get("p", watch.compute) == 1
    watch.now += timedelta(seconds=1)
    assert kept.get("p", watch.compute) == 2


def test_a_clock_that_goes_back_does_not_keep_an_answer_for_ever() -> None:
    watch = _Watch()
    kept = Kept[int](lambda: watch.now)
    kept.get("p", watch.compute)
    watch.now -= timedelta(seconds=1)
    assert kept.get("p", watch.compute) == 2


def test_each_key_has_its_answer_and_the_oldest_is_let_go() -> None:
    watch = _Watch()
    kept = Kept[int](lambda: watch.now, most=2)
    assert [kept.get(key, watch.compute) for key in ("a", "b", "a", "c", "a")] == [1, 2, 1, 3, 1]
    assert kept.get("b", watch.compute) == 4


def test_who_asks_at_the_same_time_waits_for_the_same_answer() -> None:
    """Given somebody for whom it is computed, when seven others ask, then all get that one."""
    watch = _Watch()
    kept = Kept[int](lambda: watch.now)
    begun, go_on = threading.Event(), threading.Event()
    answers: list[int] = []

    def slowly(at: datetime) -> int:
        begun.set()
        assert go_on.wait(10)
        return watch.compute(at)

    threads = [
        threading.Thread(target=lambda: answers.append(kept.get("p", slowly))) for _ in range(8)
    ]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert answers == [1] * 8


def test_a_computation_that_fails_is_tried_by_the_next() -> None:
    watch = _Watch()
    kept = Kept[int](lambda: watch.now)
    failing: Callable[[datetime], int] = lambda _: 1 // 0  # noqa: E731
    with pytest.raises(ZeroDivisionError):
        kept.get("p", failing)
    assert kept.get("p", watch.compute) == 1
