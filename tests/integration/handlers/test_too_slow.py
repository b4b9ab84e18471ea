"""A batch that takes longer than a transaction may is taken in piece by piece."""

from collections.abc import Sequence
from typing import Any

import pytest

from engine.handlers import batch_transaction
from engine.handlers.batch import Batch
from engine.handlers.retry.isolate import BatchProcessor, TooSlow
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.postgres.connection import LOOKUPS_ONLY, Transaction, connect
from engine.version import VERSION
from tests.integration.handlers.harness import TERMS, Harness
from tests.integration.handlers.stories import meetings


@pytest.fixture
def slow(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A worker whose transactions may last 200 ms, and one of which takes that for too many."""

    def make(records_in_time: int) -> BatchProcessor:
        original = batch_transaction.process_batches

        def take(tx: Transaction, generations: Any, told: Sequence[Batch], terms: Any) -> Any:
            if sum(len(batch.records) for batch in told) > records_in_time:
                tx.execute("SELECT pg_sleep(5)")
            return original(tx, generations, told, terms)

        monkeypatch.setattr(batch_transaction, "process_batches", take)
        limit = {"transaction_timeout": "200ms"}
        return BatchProcessor(connect(harness.url, "slow", LOOKUPS_ONLY | limit), TERMS)

    return make


def _counted(harness: Harness) -> Sequence[int]:
    (row,) = harness.rows("SELECT applied, next_offset FROM cursors WHERE partition = 0")
    return row


def test_it_is_halved_until_it_is_done(harness: Harness, slow: Any) -> None:
    slow(records_in_time=2).process(harness.batch(*meetings(1, 7)))

    assert _counted(harness) == (7, 7)
    assert "momentum bronze" in harness.held("ann")


def test_a_single_record_that_is_too_much_halts_its_partition_and_is_named(
    harness: Harness, slow: Any
) -> None:
    done = slow(records_in_time=0).process(harness.batch(*meetings(1, 2)))

    assert done.halted == Halt(
        HaltKind.TOO_SLOW,
        "too slow: the record at offset 0 is not done within the time a transaction may take, "
        f"engine {VERSION}",
    )
    assert done.end == 0
    assert _counted(harness) == (0, 0)
    (row,) = harness.rows("SELECT halt_kind, halted FROM cursors WHERE partition = 0")
    assert row == ("too_slow", done.halted.text)


def test_a_database_in_which_nothing_gets_done_in_time_halts_nothing(
    harness: Harness, slow: Any
) -> None:
    with pytest.raises(TooSlow, match="partition 0 offsets 0 to 1"):
        slow(records_in_time=-1).process(harness.batch(*meetings(1, 2)))

    (row,) = harness.rows("SELECT halted FROM cursors WHERE partition = 0")
    assert row == (None,)


def test_a_single_record_that_was_too_slow_once_is_taken_in(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a worker frozen in the middle of a transaction, when it wakes up, its transaction has
    timed out; it is tried again."""
    original, asleep = batch_transaction.process_batches, iter([True])

    def take(tx: Transaction, *rest: Any) -> Any:
        if next(asleep, False):
            tx.execute("SELECT pg_sleep(5)")
        return original(tx, *rest)

    monkeypatch.setattr(batch_transaction, "process_batches", take)
    limit = {"transaction_timeout": "200ms"}

    BatchProcessor(connect(harness.url, "slow", LOOKUPS_ONLY | limit), TERMS).process(
        harness.batch(*meetings(1, 1))
    )

    assert _counted(harness) == (1, 1)
