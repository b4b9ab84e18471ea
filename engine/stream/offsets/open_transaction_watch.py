"""When records have waited for long behind one open transaction. Pure: the caller gives the time.

A worker sees nothing of it: it has read all that it may. Only the broker's two ends differ.
"""

from collections.abc import Mapping
from typing import NamedTuple

PATIENCE_SECONDS = 60.0


class Ends(NamedTuple):
    """Where a partition ends for a reader of committed records, and where it ends."""

    stable: int
    end: int


class Blocked(NamedTuple):
    """A partition whose records have waited for so long; `start_offset` is the transaction's."""

    partition: int
    records: int
    start_offset: int
    seconds: float


class OpenTransactionWatch:
    """Names a partition once a minute while the same transaction holds it up."""

    def __init__(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._patience = patience_seconds
        self._since: dict[int, tuple[int, float]] = {}  # partition: stable end, first seen there
        self._named: dict[int, float] = {}  # partition: when last

    def look(self, ends: Mapping[int, Ends], now: float) -> list[Blocked]:
        """The partitions to be named now. `now`: seconds of any clock that only goes forward."""
        blocked = {number: there for number, there in ends.items() if there.stable < there.end}
        for number in self._since.keys() - blocked.keys():
            del self._since[number]
            self._named.pop(number, None)
        due = []
        for number, there in sorted(blocked.items()):
            start, since = self._since.get(number, (-1, now))
            if start != there.stable:  # another transaction: the one before it ended
                since = now
                self._since[number] = (there.stable, now)
                self._named.pop(number, None)
            if now - self._named.get(number, since) >= self._patience:
                self._named[number] = now
                records = there.end - there.stable
                due.append(Blocked(number, records, there.stable, now - since))
        return due
