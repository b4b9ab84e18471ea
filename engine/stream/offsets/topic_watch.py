"""Whether the topic is still there, still the one that is read, and read in all its partitions.

Nothing else notices. If a topic is gone, Faust and its client wait silently for it to come back.
Of partitions that are added only the group's leader takes notice; and one that was restarted under
its lasting name, unnoticed by the group, does not know that it leads (KIP-814 says why, and needs a
later version of the protocol than the client speaks).
"""

import asyncio
import time
from collections.abc import Callable

from engine.handlers.retry.errors import AWAY
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing

_EVERY_SECONDS = 10.0
_MISSING_AT_MOST = 2  # a broker that has just come back may not know its topics yet


class TopicWatch:
    """Asks `check` now and then."""

    def __init__(self, check: Callable[[], set[int]]) -> None:
        self._check = check
        self._next = time.monotonic() + _EVERY_SECONDS
        self._missing = 0
        self._unread: set[int] = set()

    async def look(self) -> set[int]:
        """Ask, if it is time to. Gives the partitions that nobody has begun to read, although there
        was time to: they were there the last time too.

        Raises:
            TopicMissing: it was missing the last time too.
            Exception: whatever else `check` raises, but for a broker or a database that is away.
        """
        if time.monotonic() < self._next:
            return set()
        unread: set[int] = set()
        try:
            unread = await asyncio.to_thread(self._check)
        except TopicMissing:
            self._missing += 1
            if self._missing > _MISSING_AT_MOST:
                raise
            return set()  # asked again at the next look
        except (*AWAY, BrokerUnreachable):
            pass
        self._missing = 0
        self._next = time.monotonic() + _EVERY_SECONDS
        before, self._unread = self._unread, unread
        return before & unread
