"""The process that reads: from the cursors in the database, for as long as it holds the lock.

The lock, the cursors and the writes are on one connection, so who has lost the lock can write
nothing.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine

from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES, OutageLog
from engine.sole_reader import standby
from engine.sole_reader.cursors import CursorTable, Superseded, TopicCursor
from engine.sole_reader.intake import RecordsRead, TableIntake
from engine.sole_reader.topic import (
    KafkaAway,
    KafkaTopic,
    Polled,
    TopicAbsent,
    TopicLook,
    TopicReplaced,
)
from engine.store.postgres import schema
from engine.store.postgres.connection import LOOKUPS_ONLY, Row, Transaction, transaction
from engine.store.postgres.schema import Chain

log = logger(__name__)

_OUTAGES = (*DATABASE_OUTAGES, KafkaAway, TopicAbsent)
_LOOK_AGAIN_SECONDS = 2.0
_SPEAK_AGAIN_SECONDS = 1.0
_PAUSE_SECONDS = 0.5


class SoleReader:
    """Reads a topic until stopped; waits for a database, a schema, a topic or a broker that is not
    there.

    `name`: who reads, for the log; `chain`: whose schema has the table `cursors`; `lock`: the
    number of the advisory lock; `silent_seconds`: after how long without a sign of life another
    process takes over.
    """

    def __init__(
        self,
        name: str,
        engine: Engine,
        chain: Chain,
        lock: int,
        topic: KafkaTopic,
        intake: TableIntake,
        silent_seconds: float = 10.0,
    ) -> None:
        assert chain.schema is not None
        self._engine = engine
        self._chain = chain
        self._lock = lock
        self._topic = topic
        self._intake = intake
        self._silent_seconds = silent_seconds
        self._cursors = CursorTable(chain.schema)
        self._outage = OutageLog(f"{name} waits", f"{name} reads again")
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask `run` to return after the batch at work."""
        self._stop.set()

    def run(self) -> None:
        """Read until stopped."""
        while not self._stop.is_set():
            try:
                with self._session() as connection:
                    self._follow(connection)
            except _OUTAGES as error:
                self._outage.met(error)
                self._stop.wait(_PAUSE_SECONDS)
            except Superseded as error:
                log.warning("another process has read on", error=str(error))

    @contextmanager
    def _session(self) -> Iterator["psycopg.Connection[Row]"]:
        """The connection with the lock; it ends with the block."""
        with transaction(self._engine):
            pass  # an address that does not answer says so here, in words
        schema.check(self._engine, self._chain)
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        assert isinstance(connection, psycopg.Connection)
        pooled.detach()  # the lock lives and dies with this connection
        with connection:
            connection.autocommit = True
            for name, value in LOOKUPS_ONLY.items():
                connection.execute(f"SET {name} = {value}".encode())
            yield connection

    def _follow(self, connection: "psycopg.Connection[Row]") -> None:
        tx = Transaction(connection)
        name = self._topic.name
        if not standby.lock(tx, self._lock, name, self._silent_seconds, self._stop.wait):
            return
        while not self._stop.is_set():
            look = self._topic.look()
            extents = self._topic.extents(look.partitions)
            with connection.transaction():
                start = self._cursors.start(tx, look.topic_id, extents)
                self._intake.begin(tx, start, extents)
            log.info("reading the topic", topic=name, partitions=len(start.cursors))
            try:
                self._read(connection, look, start.cursors)
            except TopicReplaced:
                log.warning("the topic is not what it was", topic=name)
                self._stop.wait(_PAUSE_SECONDS)

    def _read(
        self, connection: "psycopg.Connection[Row]", look: TopicLook, at: dict[int, TopicCursor]
    ) -> None:
        """Read for as long as the topic is this one with these partitions."""
        tx = Transaction(connection)
        looked = spoke = time.monotonic()
        with self._topic.reader({number: each.next_offset for number, each in at.items()}) as read:
            while not self._stop.is_set():
                polled = read.poll()
                if polled.next_offsets:
                    with connection.transaction():
                        moved = self._write(tx, polled, at)
                    at.update(moved)
                    if moved:
                        self._intake.committed()
                elif time.monotonic() - spoke > _SPEAK_AGAIN_SECONDS:
                    tx.execute("SELECT")  # it says that we live
                    spoke = time.monotonic()
                self._outage.over()
                if time.monotonic() - looked > _LOOK_AGAIN_SECONDS:
                    if self._topic.look() != look:
                        return
                    looked = time.monotonic()

    def _write(
        self, tx: Transaction, polled: Polled, at: dict[int, TopicCursor]
    ) -> dict[int, TopicCursor]:
        """Write a batch, and move the cursors; gives those that moved."""
        batch = {}
        for number, next_offset in sorted(polled.next_offsets.items()):
            records = polled.records.get(number, [])
            cursor = at[number]
            if next_offset < cursor.next_offset or any(
                each.offset < cursor.next_offset for each in records
            ):
                raise TopicReplaced(f"partition {number} goes back")
            if next_offset > cursor.next_offset:
                batch[number] = RecordsRead(cursor.lane, records)
        if not batch:
            return {}
        refused = self._intake.write(tx, batch)
        return {
            number: self._cursors.advance(
                tx, number, at[number], polled.next_offsets[number], refused.get(number, 0)
            )
            for number in batch
        }
