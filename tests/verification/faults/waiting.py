"""Waiting for a condition, with an answer instead of a failure."""

import time
from collections.abc import Callable

_LOOK_EVERY_SECONDS = 0.05


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came to hold within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_EVERY_SECONDS)
    return True


def for_a_while(seconds: float) -> None:
    """Let a fault last. The one wait here that is no condition: the length is the fault."""
    until(lambda: False, seconds)
