"""What an ops process has, once: connections, where Kafka's partitions end, long work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from engine.queries import status
from engine.queries.status import Status
from engine.store.cursors import cursors
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction, transaction
from engine.stream.offsets.topics import Range
from web.ops.jobs import Jobs
from web.ops.known_offsets import KnownOffsets, TopicEnds
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

    def read(self, tx: Transaction, ends: TopicEnds) -> Sighting:
        """The status now, with what Kafka answered."""
        topic, ranges = self.settings.engine.activity_topic, ends.ranges
        if ends.at is None:
            known = cursors.read(tx, topic)
            ranges = {n: _nowhere(c.next_offset) for n, c in known.items() if n >= 0}
        return Sighting(status.read(tx, topic, ranges, ends.behind), ends.at, ends.away)

    def look(self) -> Sighting:
        """The status now, in a transaction of its own."""
        ends = self.offsets.latest()
        with transaction(self.pool) as tx:
            return self.read(tx, ends)

    def now(self) -> datetime:
        """The present."""
        return self.settings.now()


def _nowhere(at: int) -> Range:
    return Range(at, at, at)


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
