"""One relay publishes a topic; others stand by (standby.py).

It publishes whatever is in the outbox for its topic, oldest first, and deletes it once Kafka has
acknowledged all of it. A crash in between repeats messages byte for byte; it can never lose one.
"""

import threading
from collections.abc import Callable
from functools import partial

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine import metrics
from engine.observability import logger
from engine.relay.outage import Outage
from engine.relay.producer import NotPublished, Publishing
from engine.relay.standby import LOOK_EVERY_SECONDS, Standby
from engine.store.awards import outbox
from engine.store.awards.outbox import Parcel, Topic
from engine.store.postgres.connection import Transaction

log = logger(__name__)

_PARCEL_BYTES = 1 << 20
_LONGEST_WAIT = 5.0


class Relay:
    """Publishes a topic until stopped, then once more what is there. `session_seconds`: after how
    long without a sign of life another relay takes over."""

    def __init__(
        self,
        engine: Engine,
        topic: Topic,
        publishing: Callable[[], Publishing],
        session_seconds: float = 10.0,
    ) -> None:
        self._engine = engine
        self._topic = topic
        self._make_publishing = publishing
        self._outage = Outage(topic)
        self._standby = Standby(topic, session_seconds)
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
            if not self._standby.lock(tx, self._stop.wait):
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
                for _ in connection.notifies(timeout=LOOK_EVERY_SECONDS, stop_after=1):
                    pass

    def _publish_some(self, tx: Transaction, publishing: Publishing) -> bool:
        parcels = outbox.oldest(tx, self._topic, _PARCEL_BYTES)
        if parcels:
            outbox.require_writable(tx)
            self._publish(tx, publishing, parcels)
        return bool(parcels)

    def _publish(self, tx: Transaction, publishing: Publishing, parcels: list[Parcel]) -> None:
        """Publish parcels and delete them. Kafka takes a batch or leaves it: which message is too
        large shows when parcels, and then messages, are sent alone."""
        messages = [message for parcel in parcels for message in parcel.messages]
        try:
            publishing.publish(messages, partial(_say_that_we_live, tx))
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
            metrics.RELAY_PUBLISHED.labels(self._topic).inc(len(messages))

    def _one_by_one(self, tx: Transaction, publishing: Publishing, parcel: Parcel) -> None:
        """Drop what is acknowledged at once: it is not repeated for as long as the rest waits."""
        self._outage.slow()
        for number, message in enumerate(parcel.messages):
            try:
                publishing.publish([message], partial(_say_that_we_live, tx))
            except NotPublished:
                if number:
                    outbox.shorten(tx, self._topic, parcel.id, parcel.messages[number:])
                raise
        outbox.delete(tx, self._topic, [parcel.id])
        metrics.RELAY_PUBLISHED.labels(self._topic).inc(len(parcel.messages))


def _say_that_we_live(tx: Transaction) -> None:
    """A session that is silent for long counts as frozen; see store/postgres/frozen_relays.py."""
    tx.execute("SELECT")
