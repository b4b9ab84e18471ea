"""Process a batch until it is done: races are run again, an absent database is waited for.

Errors are sorted by what follows from them (errors.py). A race lost: again, at once. The database
away: again, later; the batch stays. The cursor moved: the batch is superseded. A record that fails
each time: everything before it is processed, and its partition is halted. Anything else is raised,
and ends the process.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

import msgspec
from sqlalchemy import Engine

from engine.handlers.batch import Batch
from engine.handlers.inputs_heard import InputsHeard
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.attempts import Attempts, Stopped, TimedOut
from engine.handlers.retry.bisect import beginning, first_failing
from engine.handlers.retry.errors import may_be_a_records
from engine.handlers.steps.triage import Triage
from engine.intake.refusal import COLLISION
from engine.observability import logger
from engine.store.cursors import cursors
from engine.store.cursors.cursors import CursorMoved
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.postgres.connection import Transaction
from engine.store.projections.measures import HashCollision
from engine.tracebacks import where
from engine.version import VERSION

log = logger(__name__)

# While the failing record of a batch is searched: enough to distinguish a race from a bug.
_RACES_WHEN_LOOKING = 20
_TRIES_ALONE = 2  # of a record that took too long


class RecordFailed(Exception):
    """The engine fails on a record, each time. Its partition is halted there."""


class TooSlow(Exception):
    """Nothing gets done in the time a transaction may take; see transaction_timeout in
    bootstrap.py."""


class _OnlyTried(Exception):
    """Everything went well, and is to be rolled back."""


class BatchProcessor:
    """Processes batches, one at a time. Safe to stop from another thread. `inputs`: which inputs
    were heard from when, for what commits."""

    def __init__(
        self, engine: Engine, policy: IntakePolicy, inputs: InputsHeard | None = None
    ) -> None:
        self._attempts = Attempts(engine, policy, inputs)

    def stop(self) -> None:
        """Give up waiting for a database that is away; a running transaction is finished."""
        self._attempts.stop()

    def process(self, batch: Batch) -> Triage:
        """Process a batch.

        Raises:
            CursorMoved: the batch is not the next of its partition.
            Stopped: `stop` was called while the database was away.
            RecordFailed: the records before that one were processed.
        """
        try:
            return self._attempts.until_done([batch])[0]
        except TimedOut:
            return self._in_halves(batch)
        except (CursorMoved, Stopped):
            raise
        except Exception as error:
            if not may_be_a_records(error):
                raise
            log.error("batch fails", batch=str(batch), error=where(error))
            return self._without_what_fails(batch, error)

    def process_together(self, batches: Sequence[Batch]) -> list[Triage] | None:
        """Process batches of different partitions in one transaction. None: that cannot be done,
        and nothing was; process each by itself.

        Raises:
            Stopped: `stop` was called while the database was away.
        """
        try:
            return self._attempts.until_done(batches)
        except (CursorMoved, TimedOut):
            return None
        except Stopped:
            raise
        except Exception as error:
            if not may_be_a_records(error):
                raise
            log.warning("batches fail together, now each by itself", error=where(error))
            return None

    def halt(self, batch: Batch, why: Halt) -> Triage:
        """Process a batch and halt its partition behind it, unless the refusal limit does before.

        Raises:
            CursorMoved, Stopped: as `process` does.
            TimedOut: it is too much for one transaction.
        """
        (done,) = self._attempts.until_done([batch], partial(_halt, batch=batch, why=why))
        return done if done.halted is not None else replace(done, halted=why)

    def _without_what_fails(self, batch: Batch, error: Exception) -> Triage:
        """Process the records before the one that fails, and halt the partition there.

        Raises:
            RecordFailed: done so.
            Exception: the error itself, if no record causes it.
        """
        last = error

        def fails(part: Batch) -> bool:
            nonlocal last
            try:
                self._attempts.until_done([part], _roll_back, races_at_most=_RACES_WHEN_LOOKING)
            except _OnlyTried:
                return False
            except (TimedOut, CursorMoved, Stopped):
                raise
            except Exception as failure:
                if not may_be_a_records(failure):
                    raise
                last = failure
                return True
            raise AssertionError

        try:
            failing, refused = first_failing(batch, fails), False
            while failing is not None and isinstance(last, HashCollision):
                batch, refused = _refusing(batch, failing), True
                failing = first_failing(batch, fails)
            if failing is None:
                if refused:
                    return self.process(batch)
                raise error
            offset = batch.records[failing].offset
            text = f"bug: {type(last).__name__} at offset {offset}, engine {VERSION}"
            why = Halt(HaltKind.BUG, text)
            done = self.halt(beginning(batch, failing), why)
        except TimedOut:
            return self._in_halves(batch)
        if done.halted != why:  # but by the refusal limit before it
            return done
        raise RecordFailed(
            f"{batch.topic} partition {batch.partition} offset {offset}: {where(last)}; the "
            "partition is stopped there. See docs/operating.md, 'a record that fails'."
        ) from last

    def _in_halves(self, batch: Batch) -> Triage:
        """Process a batch that is too much for one transaction as two.

        Raises:
            TooSlow: nothing gets done in time, with records or without.
        """
        middle = len(batch.records) // 2
        if not middle:
            return self._alone(batch)
        log.warning("batch too slow for one transaction, in halves", batch=str(batch))
        cut = batch.records[middle].offset
        done = self.process(replace(batch, end=cut, records=batch.records[:middle]))
        if done.halted is not None:
            return done
        return self.process(replace(batch, start=cut, records=batch.records[middle:]))

    def _alone(self, batch: Batch) -> Triage:
        """Process a record that took too long once: perhaps this process was frozen. If it takes
        too long each time, its partition is halted before it.

        Raises:
            TooSlow: so does halting, so it is the database that is slow.
        """
        for _ in range(_TRIES_ALONE):
            with suppress(TimedOut):
                return self._attempts.until_done([batch])[0]
        slow = TooSlow(f"{batch}: not done within the time a transaction may take")
        if not batch.records:
            raise slow
        offset = batch.records[0].offset
        text = (
            f"too slow: the record at offset {offset} is not done within the time a transaction "
            f"may take, engine {VERSION}"
        )
        try:
            return self.halt(beginning(batch, 0), Halt(HaltKind.TOO_SLOW, text))
        except TimedOut:
            raise slow from None


def _refusing(batch: Batch, index: int) -> Batch:
    """The batch with one record refused, because its names have the hash of others."""
    record = msgspec.structs.replace(batch.records[index], _reading=COLLISION)
    return replace(batch, records=[*batch.records[:index], record, *batch.records[index + 1 :]])


def _roll_back(_tx: Transaction, _done: Triage) -> None:
    raise _OnlyTried


def _halt(tx: Transaction, done: Triage, batch: Batch, why: Halt) -> None:
    if done.halted is None:
        cursors.halt(tx, batch.topic, batch.partition, batch.end, why)
