"""One relay publishes; others stand by, waiting for its lock.

It publishes whatever is in the outbox, oldest first, and deletes it once Kafka has acknowledged
all of it. A crash in between repeats messages byte for byte; it can never lose one.
"""

import threading
from collections.abc import Callable

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.observability import logger
from engine.relay.producer import NotPublished, Publishing
from engine.store.awards import outbox
from engine.store.database import Transaction

log = logger(__name__)

RELAY_LOCK = 0x42414447_0003
_PARCEL_BYTES = 1 << 20
_LOOK_EVERY_SECONDS = 1.0
_LONGEST_WAIT = 5.0


class Relay:
    """Publishes until stopped, then once more whatever is there."""

    def __init__(self, engine: Engine, publishing: Callable[[], Publishing]) -> None:
        self._engine = engine
        self._make_publishing = publishing
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask `run` to publish what is there and return."""
        self._stop.set()

    def run(self) -> None:
        """Publish until stopped. Waits for a database or a broker that is away."""
        absences = 0
        while True:
            try:
                self._publish_while_connected()
                return
            except (psycopg.Error, DBAPIError, NotPublished) as error:
                absences += 1
                brief = str(error).splitlines()[0] if str(error) else ""
                log.warning("cannot publish, waiting", error=f"{type(error).__name__}: {brief}")
                if self._stop.wait(min(_LONGEST_WAIT, 0.1 * 2.0 ** min(absences, 10))):
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
            log.info("publishing")
            tx.execute(f"LISTEN {outbox.CHANNEL}")
            publishing = self._make_publishing()
            while True:
                last = self._stop.is_set()
                while self._publish_some(tx, publishing):
                    pass
                if last:
                    return
                for _ in connection.notifies(timeout=_LOOK_EVERY_SECONDS, stop_after=1):
                    pass

    def _locked(self, tx: Transaction) -> bool:
        """Wait for the lock; False if stopped meanwhile."""
        while True:
            row = tx.one(f"SELECT pg_try_advisory_lock({RELAY_LOCK})")
            if row is not None and row[0]:
                return True
            if self._stop.wait(_LOOK_EVERY_SECONDS):
                return False

    def _publish_some(self, tx: Transaction, publishing: Publishing) -> bool:
        parcels = outbox.oldest(tx, _PARCEL_BYTES)
        if parcels:
            publishing.publish(message for parcel in parcels for message in parcel.messages)
            outbox.delete(tx, [parcel.id for parcel in parcels])
        return bool(parcels)
