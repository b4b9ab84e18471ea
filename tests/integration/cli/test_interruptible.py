"""Ctrl-C ends long work between two steps; pressed twice, at once."""

import signal
from collections.abc import Iterator

import pytest

from engine.cli.console.interruptible import interruptible


@pytest.fixture(autouse=True)
def _as_in_a_terminal() -> Iterator[None]:
    """A shell that starts something in the background has it ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _work(presses_at_2: int) -> list[int]:
    """The steps that were finished of five, Ctrl-C being pressed in the middle of one."""
    finished: list[int] = []
    try:
        for number in interruptible(range(5)):
            for _ in range(presses_at_2 if number == 2 else 0):
                signal.raise_signal(signal.SIGINT)  # to this thread, so that none is missed
            finished.append(number)
    except KeyboardInterrupt:
        finished.append(-1)
    return finished


def test_the_step_under_way_is_finished() -> None:
    before = signal.getsignal(signal.SIGINT)
    assert _work(presses_at_2=1) == [0, 1, 2, -1]
    assert signal.getsignal(signal.SIGINT) is before


def test_pressed_again_the_step_ends_too() -> None:
    assert _work(presses_at_2=2) == [0, 1, -1]


def test_not_pressed_all_is_done_and_ctrl_c_is_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    assert list(interruptible(range(3))) == [0, 1, 2]
    assert signal.getsignal(signal.SIGINT) is before
