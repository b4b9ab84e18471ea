"""Long work that Ctrl-C ends between two of its steps, not in the middle of one."""

import signal
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def interruptible(items: Iterable[T]) -> Iterator[T]:
    """Pass items on; after Ctrl-C no more of them. A second Ctrl-C is as everywhere.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed, and the item before is done.
    """
    pressed = False

    def press(*_: object) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, press)
    try:
        for item in items:
            if pressed:
                raise KeyboardInterrupt
            yield item
    finally:
        signal.signal(signal.SIGINT, before)
