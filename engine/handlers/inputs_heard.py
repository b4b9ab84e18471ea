"""Which inputs were heard since it was last written down, in memory, by program and type.

Safe between threads: one processes batches, another writes down.
"""

import threading
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from engine.intake import silence
from engine.intake.silence import Input, InputWindow

Partition = tuple[str, int]
"""A topic and the number of one of its partitions."""


class Unwritten(NamedTuple):
    """What is to be written down: windows, and up to which offsets of which partitions they have
    all records."""

    windows: dict[Input, InputWindow]
    positions: dict[Partition, int]


class InputsHeard:
    """Of one worker, since it last wrote down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: dict[Input, InputWindow] = {}
        self._positions: dict[Partition, int] = {}
        self._latest: dict[str, int] = {}

    def hear(
        self, instants: Mapping[Input, Iterable[int]], ends: Mapping[Partition, int]
    ) -> dict[str, int]:
        """Records of a committed batch: Kafka's times of them, in milliseconds, and where their
        partitions stand now. Gives the latest instant ever of each of their types."""
        windows = {which: silence.window(times) for which, times in instants.items()}
        with self._lock:
            self._positions.update(ends)
            for which, later in windows.items():
                earlier = self._windows.get(which)
                self._windows[which] = silence.joined(earlier, later) if earlier else later
                latest = max(later.last, self._latest.get(which.type, 0))
                self._latest[which.type] = latest
            return {which.type: self._latest[which.type] for which in windows}

    def position(self, partition: Partition) -> int | None:
        """Up to where this worker has heard a partition; None if never."""
        with self._lock:
            return self._positions.get(partition)

    def take(self) -> Unwritten:
        """What is to be written down, which is then forgotten here; positions stay."""
        with self._lock:
            windows, self._windows = self._windows, {}
            return Unwritten(windows, dict(self._positions))

    def put_back(self, unwritten: Unwritten) -> None:
        """It could not be written down."""
        with self._lock:
            for which, earlier in unwritten.windows.items():
                later = self._windows.get(which)
                self._windows[which] = silence.joined(earlier, later) if later else earlier
