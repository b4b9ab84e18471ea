"""Says in the log what keeps a process from its work: at once, and then once a minute."""

import time
from collections.abc import Callable

import psycopg
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy.exc import DBAPIError

from engine.observability import logger
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaMissing

log = logger(__name__)

DATABASE_OUTAGES = (DBAPIError, DatabaseUnreachable, SchemaMissing, psycopg.Error)
"""What keeps PostgreSQL from being used: it passes by itself, or once somebody has done something
about it."""

_AGAIN_SECONDS = 60.0


class OutageLog:
    """What is in the way, and since when. `waits`, `again`: what the log says while it lasts, and
    when it is over."""

    def __init__(self, waits: str, again: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._waits = waits
        self._again = again
        self._clock = clock
        self._began: float | None = None
        self._logged: dict[str, float] = {}

    def met(self, error: Exception) -> None:
        """Another attempt failed; logged unless the same was logged within the minute."""
        now = self._clock()
        self._began = now if self._began is None else self._began
        text = _text(error)
        if now - self._logged.get(text, -_AGAIN_SECONDS) >= _AGAIN_SECONDS:
            self._logged[text] = now
            log.warning(self._waits, error=text, for_seconds=round(now - self._began))

    def over(self) -> None:
        """There is nothing in the way."""
        if self._began is not None:
            log.info(self._again, after_seconds=round(self._clock() - self._began))
            self._began = None
            self._logged.clear()


def _text(error: Exception) -> str:
    if isinstance(error, ReadOnlySqlTransaction):
        return "PostgreSQL is read-only: let it be written, or name the server that can"
    if isinstance(error, psycopg.Error | DBAPIError):
        # Its text may quote what was to be written.
        return f"PostgreSQL: {type(error).__name__}"
    return " ".join(str(error).split())
