"""Whether the topic is still there, and still the one that is read.

Nothing else tells: of a topic that is gone Faust and its client wait, without a word, to come back.
"""

import asyncio
import time
from collections.abc import Callable

from engine.handlers.faults import AWAY
from engine.stream.topics import BrokerUnreachable, TopicMissing

_EVERY_SECONDS = 10.0
_MISSING_AT_MOST = 2  # a broker that has just come back may not know its topics yet


class TopicWatch:
    """Asks `check` now and then."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._next = time.monotonic() + _EVERY_SECONDS
        self._missing = 0

    async def look(self) -> None:
        """Ask, if it is time to.

        Raises:
            TopicMissing: it was missing the last time too.
            Exception: whatever else `check` raises, but for a broker or a database that is away.
        """
        if time.monotonic() < self._next:
            return
        try:
            await asyncio.to_thread(self._check)
        except TopicMissing:
            self._missing += 1
            if self._missing > _MISSING_AT_MOST:
                raise
            return  # asked again at the next look
        except (*AWAY, BrokerUnreachable):
            pass
        self._missing = 0
        self._next = time.monotonic() + _EVERY_SECONDS
