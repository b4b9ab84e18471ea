"""On real PostgreSQL, through the harness: batches as Kafka would deliver them, and the results.

A batch that finds its cursor elsewhere is read again from the cursor, as the worker does. One that
fails stops its partition, as a worker that ends does; what is never processed then shows as such.
"""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from types import ModuleType

import pytest

from engine.handlers.batch import Batch, Record
from engine.intake.destination import destination
from engine.store.cursors.cursors import CursorMoved
from engine.store.postgres.connection import Transaction
from tests.integration.handlers.harness import TOPIC, Harness
from tests.integration.handlers.interleaving import Interleaving
from tests.verification.checker.collect import collect_desk, published
from tests.verification.checker.seen import Observations
from tests.verification.checker.seen import PublishedRecord as SeenRecord
from tests.verification.defects.exports import exported
from tests.verification.oracle.histories import NOW

_HEADERS = (("content-type", b"\xff"), ("trace", None))
_SIGNALS = b"application/json"


class HarnessRun:
    """One history, processed at an emptied harness. Its database has a log of cursors."""

    def __init__(self, harness: Harness) -> None:
        self._harness = harness
        self._processor = harness.taking()
        self._records: dict[int, list[Record]] = {}
        self._next: dict[int, int] = {}
        self._stopped: set[int] = set()
        self.failures: list[str] = []
        """What went wrong inside the engine, so that it went no further."""
        self._random = Random(11)
        with harness.transaction() as tx:
            tx.execute("TRUNCATE checker.cursor_log")
            _forget_replays(tx)
        harness.clear()

    def process(self, *values: bytes, partition: int = 0) -> None:
        """Process the next batch of a partition."""
        self.process_batch(self.batch(*values, partition=partition))

    def process_in_batches(self, values: Sequence[bytes], partitions: int = 2) -> None:
        """Process them all, each loop or person in one partition, in batches of any size."""
        waiting: dict[int, list[bytes]] = {number: [] for number in range(partitions)}
        for value in values:
            partition = sum(destination(value).key or b"") % partitions
            waiting[partition].append(value)
            if len(waiting[partition]) > self._random.choice([0, 4, 8, 20]):
                self.process(*waiting[partition], partition=partition)
                waiting[partition] = []
        for partition, left in waiting.items():
            if left:
                self.process(*left, partition=partition)

    def batch(self, *values: bytes, partition: int = 0) -> Batch:
        """The next batch, not yet processed."""
        begin = self._next.get(partition, 0)
        records = [Record(begin + n, b"a key", value, _HEADERS) for n, value in enumerate(values)]
        return self.deliver(partition, begin, records)

    def deliver(
        self, partition: int, begin: int, records: list[Record], end: int | None = None
    ) -> Batch:
        """A batch of such records, the next of its partition; it ends behind the last of them, or
        further on."""
        self._records.setdefault(partition, []).extend(records)
        end = records[-1].offset + 1 if end is None else end
        self._next[partition] = end
        return Batch(TOPIC, partition, begin, end, records)

    def process_batch(self, batch: Batch) -> None:
        """Process a batch, or what the cursor says is due instead."""
        if batch.partition in self._stopped:
            return
        try:
            try:
                self._processor.process(batch)
            except CursorMoved:
                self._processor.process(self._from_the_cursor(batch.partition))
        except Exception as error:
            self._stopped.add(batch.partition)
            self.failures.append(f"{type(error).__name__}: {error}")

    def process_late(self, batch: Batch) -> None:
        """A batch delivered again, to a processor that does not know that it is done."""
        try:
            self._processor.process(batch)
        except CursorMoved:
            return

    def process_at_once(self, module: ModuleType, step: str, first: Batch, second: Batch) -> None:
        """Two batches in flight: the first pauses after a step of the engine until the second is
        done, or waits for it."""
        with pytest.MonkeyPatch.context() as patches:
            interleaving = Interleaving(self._harness, patches)
            interleaving.after(module, step)
            try:
                interleaving.play(first, second)
            except Exception as error:
                self.failures.append(f"{type(error).__name__}: {error}")

    def replay(self, work: Callable[[Harness], object]) -> None:
        """Do something to generations between two batches."""
        try:
            work(self._harness)
        except Exception as error:
            self.failures.append(f"{type(error).__name__}: {error}")

    def seen(self) -> Observations:
        """Everything that came of it."""
        messages = self._harness.messages()
        records = [
            SeenRecord(partition, r.offset, r.key, r.value, tuple(r.headers))
            for partition, delivered in self._records.items()
            for r in delivered
        ]
        return collect_desk(
            self._harness.url,
            records,
            published([(m.key, m.value) for m in messages if m.topic == "awards"]),
            published([(m.key, m.value) for m in messages if m.topic != "awards"], _SIGNALS),
            NOW,
            topic=TOPIC,
            export=partial(exported, self._harness.engine),
        )

    def _from_the_cursor(self, partition: int) -> Batch:
        begin = self._harness.cursors()[partition].next_offset
        records = [r for r in self._records[partition] if r.offset >= begin]
        return Batch(TOPIC, partition, begin, self._next[partition], records)


def _forget_replays(tx: Transaction) -> None:
    """Let the first generation be the only one in use, as before any replay."""
    tx.execute("UPDATE default_generation SET generation = (SELECT min(id) FROM generations)")
    tx.execute(
        "UPDATE generations SET status = CASE WHEN id = (SELECT min(id) FROM generations) "
        "THEN 'live' ELSE 'retired' END"
    )
