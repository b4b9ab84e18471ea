"""The number of entries of the audit log, and the hash of the last one, in the worker's log: at its
start and once a day. Entries cut off from the end leave a chain that is whole; what was logged
before they were cut shows it."""

import asyncio
import time
from collections.abc import Callable

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.observability import logger
from engine.store import audit_log
from engine.store.hash_chain import ChainHead
from engine.store.postgres.connection import DatabaseUnreachable, transaction

log = logger(__name__)

_A_DAY = 86_400.0


class AuditHeadLog:
    """Logs the head of the audit log when it is time."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._last: float | None = None

    async def look(self) -> None:
        """Log it if a day has passed; where the database is away, at the next look."""
        if self._last is not None and self._clock() - self._last < _A_DAY:
            return
        try:
            head = await asyncio.to_thread(self._read)
        except (DatabaseUnreachable, psycopg.Error, DBAPIError):
            return
        self._last = self._clock()
        log.info("audit log", entries=head.entries, head=head.head)

    def _read(self) -> ChainHead:
        with transaction(self._engine) as tx:
            return audit_log.head(tx)
