"""What an ops process has, once: connections, where Kafka's partitions end, long work."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from engine.queries import status
from engine.queries.status import Status, TopicOffsets
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction, transaction
from engine.stream.offsets.topics import Range
from web.ops.jobs import Jobs
from web.ops.known_offsets import KafkaAnswer, KnownOffsets
from web.settings import WebSettings


@dataclass(frozen=True, slots=True)
class Sighting:
    """The engine's status, of the database now and of Kafka as it last answered.

    `asked`: when Kafka answered; None: it never did, and where partitions end is not known. `away`:
    why it does not answer now; None: it does.
    """

    status: Status
    asked: datetime | None
    away: str | None


@dataclass(frozen=True, slots=True)
class Console:
    """All of an ops process; it stands at `app.state.console`."""

    settings: WebSettings
    pool: Engine
    offsets: KnownOffsets
    jobs: Jobs
    generations: Generations = field(default_factory=Generations)

    def read(self, tx: Transaction, ends: KafkaAnswer) -> Sighting:
        """The status now, with what Kafka answered."""
        topics = ends.topics
        if ends.at is None:
            known = cursors.of_topics(tx, self.settings.engine.input_topics)
            topics = {topic: _nowhere(of_topic) for topic, of_topic in known.items()}
        return Sighting(status.read(tx, topics), ends.at, ends.away)

    def look(self) -> Sighting:
        """The status now, in a transaction of its own."""
        ends = self.offsets.latest()
        with transaction(self.pool) as tx:
            return self.read(tx, ends)

    def now(self) -> datetime:
        """The present."""
        return self.settings.now()


def _nowhere(known: Mapping[int, Cursor]) -> TopicOffsets:
    """The partitions that were read, as if they ended where they were read to."""
    at = {number: cursor.next_offset for number, cursor in known.items() if number >= 0}
    return TopicOffsets({number: Range(end, end, end) for number, end in at.items()}, {})


@contextmanager
def console(settings: WebSettings, pool: Engine) -> Iterator[Console]:
    """Made once a process; at the end what runs is ended in good order."""
    assert settings.database_url is not None, "settings are checked before"
    environment = {"DATABASE_URL": settings.database_url.get_secret_value()}
    offsets = KnownOffsets(settings.engine, settings.now)
    jobs = Jobs(pool, settings.now, environment)
    try:
        yield Console(settings, pool, offsets, jobs)
    finally:
        jobs.close()
        offsets.close()
