"""Says in the log what keeps the directory from being read: at once, and then once a minute."""

import time
from collections.abc import Callable

import psycopg
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy.exc import DBAPIError

from directory.intake.topic import DirectoryTopicMissing, KafkaAway
from engine.observability import logger
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaMissing

log = logger(__name__)

OUTAGES = (
    DBAPIError,
    DatabaseUnreachable,
    DirectoryTopicMissing,
    KafkaAway,
    SchemaMissing,
    psycopg.Error,
)
"""What passes by itself, or once somebody has done something about it."""

_AGAIN_SECONDS = 60.0


class DirectoryOutage:
    """What is in the way, and since when."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
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
            log.warning("the directory waits", error=text, for_seconds=lasted)

    def over(self) -> None:
        """It is being read."""
        if self._began is not None:
            lasted = round(self._clock() - self._began)
            log.info("the directory is read again", after_seconds=lasted)
            self._began = None
            self._logged.clear()


def _text(error: Exception) -> str:
    if isinstance(error, ReadOnlySqlTransaction):
        return "PostgreSQL is read-only: let it be written, or name the server that can"
    if isinstance(error, psycopg.Error | DBAPIError):
        # Its text may quote what was to be written.
        return f"PostgreSQL: {type(error).__name__}"
    return " ".join(str(error).split())
