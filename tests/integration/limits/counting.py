"""What taking events in asks of PostgreSQL, counted: statements, rows, bytes.

A history of a seed is taken in as a worker does, all partitions in one transaction: a warm-up, and
then as many events as are to be counted.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any
from unittest.mock import patch

from benchmarks.growth.sizes import table_of
from benchmarks.growth.timing import divided
from benchmarks.history import history
from benchmarks.load import Load
from engine.handlers.batch import Batch
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.attempts import Attempts
from engine.store.cursors import cursors
from engine.store.postgres.connection import Transaction
from tests.integration.handlers.harness import TOPIC, Harness
from tests.integration.local.processes import wait_until
from tests.support.notes import MASTER
from tests.verification.oracle.histories import NOW

WARM_UP = 2_000

_TERMS = IntakePolicy(lambda: NOW, refusal_limit=None, notes_key=MASTER)
_ASKING = ("rows", "one", "execute", "stream")


@dataclass(frozen=True, slots=True)
class Taken:
    """Of the events after the warm-up, all in one transaction. `facts`: new ones, and retractions.
    `statements`: each statement, or "COPY" and its table, and how often it was given, without BEGIN
    and COMMIT. `rows`: inserted, changed or deleted, by table. `wal_bytes`: of write-ahead log, by
    everybody on the server. `refusing`: partitions where a record was refused."""

    events: int
    facts: int
    refusing: int
    statements: Counter[str]
    rows: Counter[str]
    wal_bytes: int


def taken(harness: Harness, load: Load, partitions: int = 12) -> Taken:
    """Take a load in at an empty harness."""
    with harness.transaction() as tx:
        for number in range(partitions):
            cursors.start(tx, TOPIC, number, 0)
    for number in range(partitions):
        harness.rewind(number, 0)
    attempts, records = Attempts(harness.engine, _TERMS), history(load)
    attempts.until_done(_batches(harness, list(islice(records, WARM_UP)), partitions))
    batches = _batches(harness, list(records), partitions)
    _use_one_connection(harness)
    before, began = _written(harness), _log_end(harness)
    with counted() as statements:
        done = attempts.until_done(batches)
    ended = _log_end(harness)
    return Taken(
        sum(len(batch.records) for batch in batches),
        sum(one.counts.applied + one.counts.retractions for one in done),
        sum(1 for one in done if one.refused),
        statements,
        _written(harness) - before,
        ended - began,
    )


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Everything that transactions give to PostgreSQL in the block."""
    seen: Counter[str] = Counter()

    def counting(name: str) -> Any:
        plain = getattr(Transaction, name)

        def call(tx: Transaction, first: str, *others: Any, **named: Any) -> Any:
            seen[f"COPY {first}" if name == "copy" else first] += 1
            return plain(tx, first, *others, **named)

        return patch.object(Transaction, name, call)

    with ExitStack() as stack:
        for name in (*_ASKING, "copy"):
            stack.enter_context(counting(name))
        yield seen


def _batches(harness: Harness, records: list[tuple[bytes, bytes]], partitions: int) -> list[Batch]:
    """The next batch of each partition that has any of the records."""
    there = harness.cursors()
    ends = {number: there[number].next_offset for number in range(partitions)}
    return divided(TOPIC, records, ends)


def _use_one_connection(harness: Harness) -> None:
    """Close those of the pool, and wait until the server is rid of them: one that was idle reports
    what it wrote before only later, among what is counted."""
    harness.engine.dispose()
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    wait_until(lambda: harness.rows(others) == [(0,)])


def _written(harness: Harness) -> Counter[str]:
    """Rows inserted, changed or deleted so far by who has ended a transaction, by table."""
    harness.rows("SELECT pg_stat_force_next_flush()")
    rows = harness.rows(
        "SELECT relname::text, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables"
    )
    found: Counter[str] = Counter()
    for name, written in rows:
        if written:
            found[table_of(name)] += written
    return found


def _log_end(harness: Harness) -> int:
    ((end,),) = harness.rows("SELECT (pg_current_wal_lsn() - '0/0')::bigint")
    return int(end)
