"""One relay publishes a topic; others stand by, waiting for its lock.

It publishes whatever is in the outbox for its topic, oldest first, and deletes it once Kafka has
acknowledged all of it. A crash in between repeats messages byte for byte; it can never lose one.
"""

import threading
from collections.abc import Callable

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.observability import logger
from engine.relay.outage import Outage
from engine.relay.producer import NotPublished, Publishing
from engine.store.awards import outbox
from engine.store.awards.outbox import Parcel, Topic
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction

log = logger(__name__)

LOCKS: dict[Topic, int] = {
    "awards": locks.RELAY_OF_AWARDS,
    "dead-letters": locks.RELAY_OF_DEAD_LETTERS,
}
_PARCEL_BYTES = 1 << 20
_LOOK_EVERY_SECONDS = 1.0
_LONGEST_WAIT = 5.0


class Relay:
    """Publishes a topic until stopped, then once more whatever is there."""

    def __init__(self, engine: Engine, topic: Topic, publishing: Callable[[], Publishing]) -> None:
        self._engine = engine
        self._topic = topic
        self._make_publishing = publishing
        self._outage = Outage(topic)
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask `run` to publish what is there and return."""
        self._stop.set()

    def run(self) -> None:
        """Publish until stopped. Waits for a database or a broker that is away."""
        while True:
            try:
                self._publish_while_connected()
                return
            except (psycopg.Error, DBAPIError, NotPublished) as error:
                self._outage.met(error)
                if self._stop.wait(min(_LONGEST_WAIT, 0.1 * 2.0 ** min(self._outage.attempts, 10))):
                    return

    def _publish_while_connected(self) -> None:
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        assert isinstance(connection, psycopg.Connection)
        pooled.detach()  # the lock lives and dies with this connection
        with connection:
            connection.autocommit = True
            tx = Transaction(connection)
            if not self._locked(tx):
                return
            log.info("publishing", topic=self._topic)
            tx.execute(f"LISTEN {outbox.channel(self._topic)}")
            publishing = self._make_publishing()
            while True:
                last = self._stop.is_set()
                while self._publish_some(tx, publishing):
                    self._outage.over()
                if last:
                    return
                publishing.listen()
                for _ in connection.notifies(timeout=_LOOK_EVERY_SECONDS, stop_after=1):
                    pass

    def _locked(self, tx: Transaction) -> bool:
        """Wait for the lock; False if stopped meanwhile."""
        while True:
            row = tx.one(f"SELECT pg_try_advisory_lock({LOCKS[self._topic]})")
            if row is not None and row[0]:
                return True
            if self._stop.wait(_LOOK_EVERY_SECONDS):
                return False

    def _publish_some(self, tx: Transaction, publishing: Publishing) -> bool:
        parcels = outbox.oldest(tx, self._topic, _PARCEL_BYTES)
        if parcels:
            self._publish(tx, publishing, parcels)
        return bool(parcels)

    def _publish(self, tx: Transaction, publishing: Publishing, parcels: list[Parcel]) -> None:
        """Publish parcels and delete them. Kafka takes a batch or leaves it: which message is too
        large shows when parcels, and then messages, are sent alone."""
        messages = [message for parcel in parcels for message in parcel.messages]
        try:
            publishing.publish(messages)
        except NotPublished as error:
            if error.refused is None or not error.refused.too_large or len(messages) == 1:
                raise
            if len(parcels) == 1:
                self._one_by_one(tx, publishing, parcels[0])
            else:
                for parcel in parcels:
                    self._publish(tx, publishing, [parcel])
        else:
            outbox.delete(tx, self._topic, [parcel.id for parcel in parcels])

    def _one_by_one(self, tx: Transaction, publishing: Publishing, parcel: Parcel) -> None:
        """What is acknowledged is dropped at once, not repeated for as long as the rest waits."""
        self._outage.slow()
        for number, message in enumerate(parcel.messages):
            try:
                publishing.publish([message])
            except NotPublished:
                if number:
                    outbox.shorten(tx, self._topic, parcel.id, parcel.messages[number:])
                raise
        outbox.delete(tx, self._topic, [parcel.id])
