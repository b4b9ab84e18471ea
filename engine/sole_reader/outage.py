"""Says in the log what keeps a topic from being read: at once, and then once a minute."""

import time
from collections.abc import Callable

import psycopg
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy.exc import DBAPIError

from engine.observability import logger
from engine.sole_reader.topic import KafkaAway, TopicAbsent
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaMissing

log = logger(__name__)

OUTAGES = (
    DBAPIError,
    DatabaseUnreachable,
    KafkaAway,
    SchemaMissing,
    TopicAbsent,
    psycopg.Error,
)
"""What passes by itself, or once somebody has done something about it."""

_AGAIN_SECONDS = 60.0


class ReaderOutage:
    """What is in the way, and since when. `reader`: who waits, as "the directory"."""

    def __init__(self, reader: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._reader = reader
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
            lasted = round(now - self._began)
            log.warning(f"{self._reader} waits", error=text, for_seconds=lasted)

    def over(self) -> None:
        """The topic is being read."""
        if self._began is not None:
            lasted = round(self._clock() - self._began)
            log.info(f"{self._reader} reads again", after_seconds=lasted)
            self._began = None
            self._logged.clear()


def _text(error: Exception) -> str:
    if isinstance(error, ReadOnlySqlTransaction):
        return "PostgreSQL is read-only: let it be written, or name the server that can"
    if isinstance(error, psycopg.Error | DBAPIError):
        # Its text may quote what was to be written.
        return f"PostgreSQL: {type(error).__name__}"
    return " ".join(str(error).split())
