"""Says in the log what keeps e-mails from being sent: at once, and then once a minute."""

import time
from collections.abc import Callable

import psycopg
from sqlalchemy.exc import DBAPIError

from engine.observability import logger
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaMissing

log = logger(__name__)

OUTAGES = (DBAPIError, DatabaseUnreachable, SchemaMissing, psycopg.Error)
"""What passes by itself, or once somebody has done something about it."""

_AGAIN_SECONDS = 60.0


class MailOutage:
    """What is in the way, and since when."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: float | None = None
        self._logged: dict[str, float] = {}

    def met(self, what: str, why: str) -> None:
        """Another attempt failed; logged unless the same was logged within the minute."""
        now = self._clock()
        self._began = now if self._began is None else self._began
        if now - self._logged.get(what + why, -_AGAIN_SECONDS) >= _AGAIN_SECONDS:
            self._logged[what + why] = now
            lasted = round(now - self._began)
            log.warning("e-mails wait", what=what, why=why, for_seconds=lasted)

    def met_database(self, error: Exception) -> None:
        """The same of PostgreSQL, of whose errors only the kind is shown: they may quote a row."""
        ours = isinstance(error, DatabaseUnreachable | SchemaMissing)
        self.met("the database is away", str(error) if ours else type(error).__name__)

    def over(self) -> None:
        """There is nothing in the way."""
        if self._began is not None:
            log.info("e-mails go again", after_seconds=round(self._clock() - self._began))
            self._began = None
            self._logged.clear()
