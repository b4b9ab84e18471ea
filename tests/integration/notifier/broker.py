"""What the engine publishes on an awards topic of its own, and the notifier that reads it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread
from typing import Any

from confluent_kafka import Producer, admin
from confluent_kafka.admin import AdminClient
from sqlalchemy import Engine

from engine.settings import Settings
from engine.store.postgres.connection import transaction
from notifier.intake.feed import feed
from notifier.intake.topic import awards_topic
from notifier.rules.telling import TellingOptions
from tests.integration.local.processes import wait_until

SECONDS = 30.0
PARTITIONS = 3

_admin: Any = admin  # its types leave out what they import


class AwardsBroker:
    """Publishes on the topic, and waits until the notifier has read it."""

    def __init__(self, bootstrap: str, engine: Engine, topic: str = "") -> None:
        self.settings = Settings(
            KAFKA_BOOTSTRAP=bootstrap,
            awards_topic=topic or f"awards-{uuid.uuid4().hex[:12]}",
            session_seconds=3,
        )
        self.topic = awards_topic(self.settings)
        self._engine = engine
        self._producer = Producer(
            {
                "bootstrap.servers": bootstrap,
                "partitioner": "murmur2_random",
                "log_level": 0,
                "topic.metadata.refresh.interval.ms": 500,
            }
        )

    def create(self) -> None:
        """Make the topic; waits for one that is being deleted."""
        client = AdminClient({"bootstrap.servers": self.settings.bootstrap})
        new = _admin.NewTopic(self.topic.name, PARTITIONS, 1)

        def made() -> bool:
            try:
                client.create_topics([new])[self.topic.name].result(SECONDS)
            except Exception:
                return False
            return True

        wait_until(made, SECONDS)

    def publish(self, *records: bytes, key: bytes = b"k", partition: int = -1) -> None:
        """Publish records in this order, confirmed."""
        for value in records:
            self._producer.poll(0)
            self._producer.produce(self.topic.name, value, key, partition=partition)
        assert self._producer.flush(SECONDS) == 0

    def read(self, seconds: float = SECONDS) -> None:
        """Return when the cursors are at the ends."""
        look = self.topic.look()
        ends = {number: each.end for number, each in self.topic.extents(look.partitions).items()}
        wait_until(lambda: self._cursors(look.topic_id) == ends, seconds)

    def _cursors(self, topic_id: str) -> dict[int, int]:
        return dict(
            self.rows(
                "SELECT partition, next_offset FROM notify.cursors WHERE topic_id = %s", topic_id
            )
        )

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """What a query answers."""
        with transaction(self._engine) as tx:
            return tx.rows(statement, *parameters)

    def people(self, table: str = "items") -> list[str]:
        """Whose rows a table has, one of them for each row."""
        rows = self.rows(f"SELECT participant FROM notify.{table} ORDER BY participant")
        return [participant for (participant,) in rows]

    @contextmanager
    def following(
        self,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        from_beginning: bool = False,
    ) -> Iterator[None]:
        """The notifier's reader in a thread, stopped in the end."""
        reader = feed(
            self._engine,
            self.topic,
            TellingOptions(email=True),
            now,
            from_beginning=from_beginning,
            silent_seconds=3,
        )
        thread = Thread(target=reader.run)
        thread.start()
        try:
            yield
        finally:
            reader.stop()
            thread.join(SECONDS)
            assert not thread.is_alive()
