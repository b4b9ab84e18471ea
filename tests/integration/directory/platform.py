"""What the platform publishes on a directory topic of its own, and what the tables then say."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from confluent_kafka import Producer
from sqlalchemy import Engine

from directory import bootstrap
from directory.intake.topic import DirectoryTopic
from directory.settings import DirectorySettings
from engine.settings import Settings
from engine.sole_reader.cursors import Extent
from engine.sole_reader.reader import SoleReader
from engine.store.postgres.connection import transaction
from events.schemas.directory.description import Kind, directory_key
from tests.integration.local.processes import wait_until

SECONDS = 30.0
PROGRAM = "acme"
TYPES: dict[Kind, str] = {
    "program": "mentoring.program.described.v1",
    "participant": "mentoring.participant.described.v1",
    "loop": "mentoring.loop.described.v1",
}

Keyed = tuple[bytes | None, bytes | None]


def settings_of(kafka: str, url: str, topic: str = "", partitions: int = 3) -> DirectorySettings:
    """Settings with a topic of one's own."""
    return DirectorySettings(
        DATABASE_URL=url,
        topic=topic or f"directory-{uuid.uuid4().hex[:12]}",
        partitions=partitions,
        engine=Settings(KAFKA_BOOTSTRAP=kafka, session_seconds=3),
    )


def event(kind: Kind, at: str, data: dict[str, Any], **attributes: Any) -> bytes:
    """A structured description; `at` is a time, or its day of March 2026."""
    time = at if "T" in at else f"2026-03-{at}T10:00:00Z"
    fields = {"specversion": "1.0", "id": "e", "source": "/p", "type": TYPES[kind], "time": time}
    return json.dumps(fields | {"data": data} | attributes).encode()


def person(name: str, display: str, at: str = "01", **data: Any) -> tuple[bytes, bytes]:
    """The key and value that describe a participant."""
    fields = {"program_id": PROGRAM, "participant_id": name, "display_name": display} | data
    return directory_key("participant", PROGRAM, name), event("participant", at, fields)


def loop(which: str, *members: str, at: str = "01", **data: Any) -> tuple[bytes, bytes]:
    """The key and value that describe a loop."""
    fields = {
        "program_id": PROGRAM,
        "loop_id": which,
        "kind": "group",
        "state": "open",
        "members": [{"participant_id": member, "role": "mentee"} for member in members],
    }
    return directory_key("loop", PROGRAM, which), event("loop", at, fields | data)


def program(display: str, at: str = "01", **data: Any) -> tuple[bytes, bytes]:
    """The key and value that describe the program."""
    fields = {"program_id": PROGRAM, "name": display} | data
    return directory_key("program", PROGRAM, PROGRAM), event("program", at, fields)


def tombstone(kind: Kind, name: str) -> tuple[bytes, None]:
    """The key and no value."""
    return directory_key(kind, PROGRAM, name), None


class Platform:
    """Publishes on the topic, and waits until the directory has read it."""

    def __init__(self, settings: DirectorySettings, engine: Engine) -> None:
        self.settings, self.engine = settings, engine
        self.topic = DirectoryTopic(settings)
        # As the publisher of the SDK and Java's clients choose partitions.
        self._producer = Producer(
            {
                "bootstrap.servers": settings.bootstrap,
                "partitioner": "murmur2_random",
                "log_level": 0,
                "topic.metadata.refresh.interval.ms": 500,
            }
        )

    def publish(self, *records: Keyed, partition: int = -1) -> None:
        """Publish records in this order, confirmed."""
        for key, value in records:
            self._producer.produce(self.settings.topic, value, key, partition=partition)
        assert self._producer.flush(SECONDS) == 0

    def extents(self) -> dict[int, Extent]:
        """What Kafka has."""
        return self.topic.extents(self.topic.look().partitions)

    def read(self, seconds: float = SECONDS) -> None:
        """Return when the cursors are at the ends."""
        ends = {number: extent.end for number, extent in self.extents().items()}
        topic_id = self.topic.look().topic_id
        wait_until(lambda: self._cursors(topic_id) == ends, seconds)

    def _cursors(self, topic_id: str) -> dict[int, int]:
        with transaction(self.engine) as tx:
            rows = tx.rows(
                "SELECT partition, next_offset FROM directory.cursors WHERE topic_id = %s", topic_id
            )
        return dict(rows)

    def refused(self) -> int:
        """How many records were refused."""
        with transaction(self.engine) as tx:
            (row,) = tx.rows("SELECT coalesce(sum(refused), 0)::int FROM directory.cursors")
            return int(row[0])

    def names(self) -> dict[str, str]:
        """Display names by participant."""
        with transaction(self.engine) as tx:
            rows = tx.rows("SELECT participant, display_name FROM directory.participants")
        return dict(rows)

    def loops(self) -> dict[str, set[str]]:
        """Members by loop."""
        with transaction(self.engine) as tx:
            rows = tx.rows(
                "SELECT loop, array_agg(participant::text) FROM directory.loops "
                "JOIN directory.members USING (program, loop) GROUP BY loop"
            )
        return {name: set(members) for name, members in rows}

    @contextmanager
    def following(self) -> Iterator[SoleReader]:
        """A feed in a thread, stopped in the end."""
        with bootstrap.feed(self.settings) as feed:
            thread = Thread(target=feed.run)
            thread.start()
            try:
                yield feed
            finally:
                feed.stop()
                thread.join(SECONDS)
                assert not thread.is_alive()
