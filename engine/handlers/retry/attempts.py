"""Batches in one transaction, tried until it is done: a lost race is run again at once, an absent
database is waited for, and a frozen worker that holds a lock is ended.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence

from psycopg import errors
from sqlalchemy import Engine

from engine import metrics
from engine.awards.transitions import Drift
from engine.handlers import batch_transaction, tally
from engine.handlers.batch import Batch
from engine.handlers.inputs_heard import InputsHeard
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.errors import AWAY, RACES, may_heal, timed_out
from engine.handlers.steps.triage import Triage
from engine.observability import logger
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction, transaction
from engine.store.postgres.frozen_workers import end_frozen
from engine.store.projections.measures import VersionMoved

log = logger(__name__)

_RACES_AT_MOST = 100
_DRIFTS_AT_MOST = 20  # what contradicts itself for longer is no race but a bug
_LONGEST_WAIT = 5.0  # seconds

_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (VersionMoved, "version"),
    (Drift, "drift"),
    (errors.UniqueViolation, "unique"),
    (errors.SerializationFailure, "serialization"),
    (errors.DeadlockDetected, "deadlock"),
    (Exception, "other"),
)

# What is done in the transaction of a batch that is alone, after it.
Then = Callable[[Transaction, Triage], None]


class Stopped(Exception):
    """The batch was given up because the process is to end; nothing of it was written."""


class TimedOut(Exception):
    """A batch takes longer than a transaction may; see transaction_timeout in bootstrap.py."""


class Attempts:
    """Tries batches, one at a time. Safe to stop from another thread. `inputs`: which inputs were
    heard from when, for what commits."""

    def __init__(
        self, engine: Engine, policy: IntakePolicy, inputs: InputsHeard | None = None
    ) -> None:
        self._engine = engine
        self._policy = policy
        self._generations = Generations()
        self._inputs = inputs
        self._stop = threading.Event()

    def stop(self) -> None:
        """Give up waiting; a running transaction is finished."""
        self._stop.set()

    def until_done(
        self,
        batches: Sequence[Batch],
        then: Then | None = None,
        races_at_most: int = _RACES_AT_MOST,
    ) -> list[Triage]:
        """Process batches of different partitions in one transaction, again and again while that
        may help.

        Raises:
            CursorMoved: a batch is not the next of its partition.
            TimedOut: it is too much for one transaction.
            Stopped: `stop` was called while there was something to wait for.
            Exception: any other that is no race and does not heal.
        """
        for batch in batches:
            batch.readings()  # parsing needs no transaction
        named = ", ".join(map(str, batches))
        races = drifts = absences = 0
        while True:
            began = time.perf_counter()
            try:
                with transaction(self._engine) as tx:
                    done = batch_transaction.process_batches(
                        tx, self._generations, batches, self._policy
                    )
                    if then is not None:
                        then(tx, done.sorted[0])
            except RACES as error:
                metrics.TRANSACTION_RETRIES.labels(_cause(error)).inc()
                races += 1
                drifts += isinstance(error, Drift)
                if races >= races_at_most or drifts >= _DRIFTS_AT_MOST:
                    raise
                log.info("race lost, again", batch=named, race=type(error).__name__)
                if races > 3:
                    self._wait(0.01 * races)
            except errors.LockNotAvailable:
                metrics.TRANSACTION_RETRIES.labels("lock").inc()
                self._end_frozen(named)
            except AWAY as error:
                if timed_out(error):
                    metrics.TRANSACTION_RETRIES.labels("too_slow").inc()
                    raise TimedOut from None
                if not may_heal(error):
                    raise
                metrics.TRANSACTION_RETRIES.labels("away").inc()
                absences += 1
                log.warning("database away, waiting", batch=named, error=_brief(error))
                self._wait(min(_LONGEST_WAIT, 0.1 * 2.0 ** min(absences, 10)))
                if self._stop.is_set():
                    raise Stopped from None
            else:
                tally.committed(batches, done, time.perf_counter() - began, self._inputs)
                return done.sorted

    def _end_frozen(self, named: str) -> None:
        """A lock is held for long: end a frozen worker, wait for anybody else."""
        if self._stop.is_set():
            raise Stopped from None
        try:
            held = end_frozen(self._engine)
        except AWAY as error:  # the next attempt shows it again
            log.warning("cannot look who holds a lock", error=_brief(error))
            return
        if held.ended:
            log.warning("ended the transaction of a frozen worker", backends=held.ended)
        else:
            log.warning("waiting for a lock", batch=named, others=held.waiting)

    def _wait(self, seconds: float) -> None:
        self._stop.wait(seconds * random.uniform(0.5, 1.0))


def _cause(race: BaseException) -> str:
    """Of a lost race, in a word."""
    return next(word for kind, word in _CAUSES if isinstance(race, kind))


def _brief(error: BaseException) -> str:
    """An error's first line: the rest may quote rows."""
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
