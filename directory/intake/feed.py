"""The topic read into tables: what a batch of records changes commits together with the cursors.

There is no consumer group: the process that holds an advisory lock of the database reads all
partitions, from the cursors there. The lock, the cursors and the writes are on one connection, so
who has lost the lock can write nothing.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine

from directory.intake import standby
from directory.intake.fold import fold
from directory.intake.outage import OUTAGES, DirectoryOutage
from directory.intake.topic import DirectoryTopic, Polled, TopicLook, TopicReplaced
from directory.migrations import CHAIN
from directory.store import cursors, descriptions
from directory.store.cursors import DirectoryCursor, Superseded
from engine.observability import logger
from engine.store.postgres import schema
from engine.store.postgres.connection import Row, Transaction, transaction

log = logger(__name__)

_LOOK_AGAIN_SECONDS = 2.0
_SPEAK_AGAIN_SECONDS = 1.0
_PAUSE_SECONDS = 0.5


class Feed:
    """Reads the topic until stopped; waits for a database, a schema, a topic or a broker that is
    not there. `silent_seconds`: after how long without a sign of life another process takes over.
    """

    def __init__(self, engine: Engine, topic: DirectoryTopic, silent_seconds: float = 10.0) -> None:
        self._engine = engine
        self._topic = topic
        self._silent_seconds = silent_seconds
        self._outage = DirectoryOutage()
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
            except OUTAGES as error:
                self._outage.met(error)
                self._stop.wait(_PAUSE_SECONDS)
            except Superseded as error:
                log.warning("another process has read on", error=str(error))

    @contextmanager
    def _session(self) -> Iterator["psycopg.Connection[Row]"]:
        """The connection with the lock; it ends with the block."""
        with transaction(self._engine):
            pass  # an address that does not answer says so here, in words
        schema.check(self._engine, CHAIN)
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        assert isinstance(connection, psycopg.Connection)
        pooled.detach()  # the lock lives and dies with this connection
        with connection:
            connection.autocommit = True
            yield connection

    def _follow(self, connection: "psycopg.Connection[Row]") -> None:
        tx = Transaction(connection)
        if not standby.lock(tx, self._silent_seconds, self._stop.wait):
            return
        while not self._stop.is_set():
            look = self._topic.look()
            extents = self._topic.extents(look.partitions)
            with connection.transaction():
                at = cursors.start(tx, look.topic_id, extents)
            log.info("reading the directory", topic=self._topic.name, partitions=len(at))
            try:
                self._read(connection, look, at)
            except TopicReplaced:
                log.warning("the topic is not what it was", topic=self._topic.name)
                self._stop.wait(_PAUSE_SECONDS)

    def _read(
        self,
        connection: "psycopg.Connection[Row]",
        look: TopicLook,
        at: dict[int, DirectoryCursor],
    ) -> None:
        """Read for as long as the topic is this one with these partitions."""
        tx = Transaction(connection)
        looked = spoke = time.monotonic()
        with self._topic.reader(at) as reader:
            while not self._stop.is_set():
                polled = reader.poll()
                if polled.next_offsets:
                    with connection.transaction():
                        moved = self._write(tx, polled, at)
                    at.update(moved)
                elif time.monotonic() - spoke > _SPEAK_AGAIN_SECONDS:
                    tx.execute("SELECT")  # it says that we live
                    spoke = time.monotonic()
                self._outage.over()
                if time.monotonic() - looked > _LOOK_AGAIN_SECONDS:
                    if self._topic.look() != look:
                        return
                    looked = time.monotonic()

    def _write(
        self, tx: Transaction, polled: Polled, at: dict[int, DirectoryCursor]
    ) -> dict[int, DirectoryCursor]:
        moved = {}
        for number, next_offset in sorted(polled.next_offsets.items()):
            records = polled.records.get(number, [])
            cursor = at[number]
            if next_offset < cursor.next_offset or any(
                each.offset < cursor.next_offset for each in records
            ):
                raise TopicReplaced(f"partition {number} goes back")
            if next_offset == cursor.next_offset:
                continue
            changes = fold(records)
            for refused in changes.refused:
                log.warning(
                    "record refused",
                    topic=self._topic.name,
                    partition=number,
                    offset=refused.offset,
                    why=getattr(refused.record, "why", ""),
                )
            descriptions.apply(tx, cursor.lane, changes)
            moved[number] = cursors.advance(tx, number, cursor, next_offset, len(changes.refused))
        return moved
