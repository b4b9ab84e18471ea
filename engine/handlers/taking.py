"""Taking a batch in until it is done: races are run again, an absent database is waited for.

Errors are sorted by what follows from them. A race lost: again, at once. The database away: again,
later; the batch stays. The cursor moved: the batch is somebody else's. Anything else is a bug and
goes up to whoever ends the process.
"""

import random
import threading
from collections.abc import Sequence
from dataclasses import replace

import psycopg
from psycopg import errors
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.handlers import activity
from engine.handlers.batch import Batch
from engine.handlers.changes import Drift
from engine.handlers.terms import Terms
from engine.handlers.triage import Reading, Triage
from engine.observability import logger
from engine.store.database import DatabaseUnreachable, transaction
from engine.store.generations.catalogs import Generations
from engine.store.generations.measures import VersionMoved

log = logger(__name__)

RACES = (
    VersionMoved,
    Drift,
    errors.UniqueViolation,
    errors.SerializationFailure,
    errors.DeadlockDetected,
)
AWAY = (
    DatabaseUnreachable,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    DBAPIError,
    errors.TransactionTimeout,
)

_RACES_AT_MOST = 100
_DRIFTS_AT_MOST = 20  # what contradicts itself for longer is no race but a bug
_LONGEST_WAIT = 5.0  # seconds


class Stopped(Exception):
    """The batch was given up because the process is to end; nothing of it was written."""


class TooSlow(Exception):
    """A record takes longer than a transaction may; see transaction_timeout in bootstrap.py."""


class Taking:
    """Takes batches in, one at a time. Safe to stop from another thread."""

    def __init__(self, engine: Engine, terms: Terms) -> None:
        self._engine = engine
        self._terms = terms
        self._generations = Generations()
        self._stop = threading.Event()

    def stop(self) -> None:
        """Give up waiting for a database that is away; a running transaction is finished."""
        self._stop.set()

    def take(self, batch: Batch) -> Triage:
        """Take a batch in.

        Raises:
            CursorMoved: the batch is not the next of its partition.
            Stopped: `stop` was called while the database was away.
        """
        readings = activity.readings(batch)
        races = drifts = absences = 0
        while True:
            try:
                return self._once(batch, readings)
            except RACES as error:
                races += 1
                drifts += isinstance(error, Drift)
                if races >= _RACES_AT_MOST or drifts >= _DRIFTS_AT_MOST:
                    raise
                log.info("race lost, again", batch=str(batch), race=type(error).__name__)
                if races > 3:
                    self._wait(0.01 * races)
            except AWAY as error:
                if _timed_out(error):
                    return self._in_halves(batch)
                absences += 1
                log.warning("database away, waiting", batch=str(batch), error=_brief(error))
                self._wait(min(_LONGEST_WAIT, 0.1 * 2.0 ** min(absences, 10)))
                if self._stop.is_set():
                    raise Stopped from None

    def _in_halves(self, batch: Batch) -> Triage:
        """Take in a batch that is too much for one transaction as two.

        Raises:
            TooSlow: a single record is too much.
        """
        middle = len(batch.records) // 2
        if not middle:
            raise TooSlow(f"{batch}: not done within the time a transaction may take")
        log.warning("batch too slow for one transaction, in halves", batch=str(batch))
        cut = batch.records[middle].offset
        done = self.take(replace(batch, end=cut, records=batch.records[:middle]))
        if done.halted is not None:
            return done
        return self.take(replace(batch, start=cut, records=batch.records[middle:]))

    def _once(self, batch: Batch, readings: Sequence[Reading]) -> Triage:
        with transaction(self._engine) as tx:
            return activity.take(tx, self._generations, batch, readings, self._terms)

    def _wait(self, seconds: float) -> None:
        self._stop.wait(seconds * random.uniform(0.5, 1.0))


def _timed_out(error: BaseException | None) -> bool:
    """Whether the server ended the transaction for its length. The rollback then fails too, and
    its error hides the first."""
    while error is not None:
        if isinstance(error, errors.TransactionTimeout):
            return True
        error = error.__cause__ or error.__context__
    return False


def _brief(error: BaseException) -> str:
    """An error's first line: the rest may quote rows."""
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
