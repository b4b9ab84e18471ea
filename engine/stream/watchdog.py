"""The watchdog: a partition with records to read whose cursor does not move is a stall.

Every stall that was ever measured looked healthy from inside. So this looks from outside: at the
cursors in the database, against the ends the broker reports. A client that does not even know the
ends, since its group never agrees or nothing was ever fetched, stalls too.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Set

from engine.handlers.retry.errors import AWAY
from engine.observability import logger
from engine.stream.offsets.positions import Positions
from engine.stream.offsets.topics import BrokerUnreachable

log = logger(__name__)


class Stalled(Exception):
    """Partitions do not move although there is something to read."""


class Watchdog:
    """Looks when asked. `ends` gives the ends of the assigned partitions that nothing known holds
    up; None where the client cannot say: in a rebalance, or before it fetched."""

    every_seconds = 2.0

    def __init__(
        self,
        positions: Positions,
        ends: Callable[[], Mapping[int, int] | None],
        patience_seconds: float = 90.0,
    ) -> None:
        self._positions = positions
        self._ends = ends
        self._patience = patience_seconds
        self._halted: set[int] = set()
        self._still: dict[int, tuple[int, float]] = {}  # partition: cursor, since when
        self._blind_since: float | None = None

    def note_halted(self, partitions: Set[int]) -> None:
        """Remember partitions that the worker found halted: one that is resumed before the next
        look must not be missed."""
        self._halted |= partitions

    async def look(self) -> set[int]:
        """The partitions that were halted and have been resumed since the last look.

        Raises:
            Stalled: a partition stood still, or the client could not say where partitions end, for
                longer than the patience.
        """
        try:
            cursors = await asyncio.to_thread(self._positions.cursors)
        except Exception as error:  # the database is away: writers wait for it too
            log.debug("watchdog cannot look", error=type(error).__name__)
            self._still.clear()
            self._blind_since = None
            return set()
        halted = {number for number, cursor in cursors.items() if cursor.halted is not None}
        resumed = self._halted - halted
        self._halted = (self._halted | halted) - resumed
        ends = self._ends()
        now = time.monotonic()
        if ends is None:
            await self._look_blindly(now)
            return resumed
        self._blind_since = None
        for partition, end in ends.items():
            cursor = cursors.get(partition)
            if cursor is None or cursor.halted is not None or cursor.next_offset >= end:
                self._still.pop(partition, None)
                continue
            at, since = self._still.get(partition, (-1, now))
            if at != cursor.next_offset:
                self._still[partition] = (cursor.next_offset, now)
            elif now - since > self._patience:
                raise Stalled(
                    f"{self._positions.topic} partition {partition} has been at {at} for "
                    f"{now - since:.0f} s although it goes on to {end}"
                )
        for partition in self._still.keys() - ends.keys():
            del self._still[partition]
        return resumed

    async def _look_blindly(self, now: float) -> None:
        self._still.clear()
        if self._blind_since is None:
            self._blind_since = now
        elif now - self._blind_since > self._patience:
            try:
                await asyncio.to_thread(self._positions.check_topic)
            except (*AWAY, BrokerUnreachable):
                self._blind_since = None  # what is away is waited for
                return
            raise Stalled(
                f"{self._positions.topic}: the client has not known for "
                f"{now - self._blind_since:.0f} s where its partitions end, although the broker "
                "answers"
            )
