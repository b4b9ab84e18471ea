"""Which inputs were heard, written down once a minute and at the end.

A worker that is killed loses what it heard since, a minute at the most. Who reads on sees by the
offsets that something is missing, and no gap is counted that may have had records in it.
"""

import asyncio
import time
from collections.abc import Callable, Iterable

from sqlalchemy import Engine

from engine.handlers.inputs_heard import InputsHeard, Partition
from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES
from engine.store import inputs
from engine.store.postgres.connection import transaction

log = logger(__name__)

EVERY_SECONDS = 60.0


class InputsKeeper:
    """Writes down what `heard` has when it is time; where the database is away, later."""

    def __init__(
        self,
        engine: Engine,
        heard: InputsHeard,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._heard = heard
        self._clock = clock
        self._last = clock()
        self._resumed: dict[Partition, int] = {}

    def resume(self, offsets: Iterable[tuple[Partition, int]]) -> None:
        """Partitions are read from these offsets, by this worker."""
        for partition, offset in offsets:
            if self._heard.position(partition) != offset:
                self._resumed.setdefault(partition, offset)

    async def look(self) -> None:
        """Write down if a minute has passed."""
        if self._clock() - self._last >= EVERY_SECONDS:
            await asyncio.to_thread(self.write)

    def write(self) -> None:
        """Write down now."""
        self._last = self._clock()
        resumed, self._resumed = self._resumed, {}
        unwritten = self._heard.take()
        try:
            with transaction(self._engine) as tx:
                missing = inputs.resume(tx, resumed) if resumed else ()
                inputs.write(tx, unwritten.windows)
                inputs.advance(tx, unwritten.positions)
        except DATABASE_OUTAGES as error:
            self._heard.put_back(unwritten)
            self._resumed = resumed | self._resumed
            log.debug("inputs not written down", error=type(error).__name__)
            return
        if missing:
            log.info("inputs: records were not heard", partitions=sorted(missing))
