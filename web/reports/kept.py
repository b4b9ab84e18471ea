"""Answers that are kept in the process for a while, since they take long to compute."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """Answers by key, each computed once in `age`, and never twice at a time.

    Only age ends an answer: nothing that is changed meanwhile does. Who asks while one is being
    computed waits for it; if that fails, the next computes it again. `most`: how many are kept,
    those asked for last.
    """

    def __init__(
        self, now: Callable[[], datetime], age: timedelta = timedelta(minutes=1), most: int = 200
    ) -> None:
        self._now, self._age, self._most = now, age, most
        self._slots: OrderedDict[Hashable, _Slot[Answer]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, compute: Callable[[datetime], Answer]) -> Answer:
        """The answer of a key. `compute` gets the instant from which the answer's age counts."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self._most:
                self._slots.popitem(last=False)
        with slot.computing:
            now = self._now()
            if slot.made is None or not timedelta(0) <= now - slot.made < self._age:
                slot.answer = [compute(now)]
                slot.made = now
            return slot.answer[0]


class _Slot(Generic[Answer]):
    def __init__(self) -> None:
        self.computing = threading.Lock()
        self.made: datetime | None = None
        self.answer: list[Answer] = []
