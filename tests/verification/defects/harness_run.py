"""On real PostgreSQL, through the harness: batches as Kafka would deliver them, and the results.

A batch that finds its cursor elsewhere is read again from the cursor, as the worker does. One that
fails stops its partition, as a worker that ends does; what is never taken in then shows as such.
"""

from collections.abc import Sequence
from functools import partial
from random import Random
from types import ModuleType

import pytest

from engine.handlers.batch import Batch, Record
from engine.intake.partition_key import partition_key
from engine.store.cursors.cursors import CursorMoved
from tests.integration.handlers.harness import TOPIC, Harness
from tests.integration.handlers.interleaving import Interleaving
from tests.verification.checker.collect import collect_desk, published
from tests.verification.checker.seen import Observations
from tests.verification.checker.seen import PublishedRecord as SeenRecord
from tests.verification.defects.exports import exported
from tests.verification.oracle.histories import NOW

_HEADERS = (("content-type", b"\xff"), ("trace", None))
_SIGNALS = b"application/json"


class Play:
    """One history, told at a harness that was emptied for it. Its database has a log of cursors."""

    def __init__(self, harness: Harness) -> None:
        self._desk = harness
        self._taking = harness.taking()
        self._told: dict[int, list[Record]] = {}
        self._next: dict[int, int] = {}
        self._stopped: set[int] = set()
        self.failures: list[str] = []
        """What went wrong inside the engine, so that it went no further."""
        self._random = Random(11)
        with harness.transaction() as tx:
            tx.execute("TRUNCATE checker.cursor_log")
        harness.clear()

    def tell(self, *values: bytes, partition: int = 0) -> None:
        """Take in the next batch of a partition."""
        self.take(self.batch(*values, partition=partition))

    def tell_in_batches(self, values: Sequence[bytes], partitions: int = 2) -> None:
        """Tell it all, each loop or person in one partition, in batches of any size."""
        waiting: dict[int, list[bytes]] = {number: [] for number in range(partitions)}
        for value in values:
            partition = sum(partition_key(value) or b"") % partitions
            waiting[partition].append(value)
            if len(waiting[partition]) > self._random.choice([0, 4, 8, 20]):
                self.tell(*waiting[partition], partition=partition)
                waiting[partition] = []
        for partition, left in waiting.items():
            if left:
                self.tell(*left, partition=partition)

    def batch(self, *values: bytes, partition: int = 0) -> Batch:
        """The next batch, not yet taken in."""
        begin = self._next.get(partition, 0)
        records = [Record(begin + n, b"a key", value, _HEADERS) for n, value in enumerate(values)]
        return self.deliver(partition, begin, records)

    def deliver(
        self, partition: int, begin: int, records: list[Record], end: int | None = None
    ) -> Batch:
        """A batch of such records, the next of its partition; it ends behind the last of them, or
        further on."""
        self._told.setdefault(partition, []).extend(records)
        end = records[-1].offset + 1 if end is None else end
        self._next[partition] = end
        return Batch(TOPIC, partition, begin, end, records)

    def take(self, batch: Batch) -> None:
        """Take a batch in, or what the cursor says is due instead."""
        if batch.partition in self._stopped:
            return
        try:
            try:
                self._taking.take(batch)
            except CursorMoved:
                self._taking.take(self._from_the_cursor(batch.partition))
        except Exception as error:
            self._stopped.add(batch.partition)
            self.failures.append(f"{type(error).__name__}: {error}")

    def take_late(self, batch: Batch) -> None:
        """A batch delivered again, to somebody who does not know that it is done."""
        try:
            self._taking.take(batch)
        except CursorMoved:
            return

    def take_at_once(self, module: ModuleType, step: str, first: Batch, second: Batch) -> None:
        """Two batches in flight: the first pauses after a step of the engine until the second is
        done, or waits for it."""
        with pytest.MonkeyPatch.context() as patches:
            interleaving = Interleaving(self._desk, patches)
            interleaving.after(module, step)
            try:
                interleaving.play(first, second)
            except Exception as error:
                self.failures.append(f"{type(error).__name__}: {error}")

    def seen(self) -> Observations:
        """Everything that came of it."""
        said = self._desk.messages()
        records = [
            SeenRecord(partition, r.offset, r.key, r.value, tuple(r.headers))
            for partition, told in self._told.items()
            for r in told
        ]
        return collect_desk(
            self._desk.url,
            records,
            published([(m.key, m.value) for m in said if m.topic == "awards"]),
            published([(m.key, m.value) for m in said if m.topic != "awards"], _SIGNALS),
            NOW,
            topic=TOPIC,
            export=partial(exported, self._desk.engine),
        )

    def _from_the_cursor(self, partition: int) -> Batch:
        begin = self._desk.cursors()[partition].next_offset
        records = [r for r in self._told[partition] if r.offset >= begin]
        return Batch(TOPIC, partition, begin, self._next[partition], records)
