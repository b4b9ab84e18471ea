"""Where to read on: the database's cursors, held against what the broker still has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.settings import Settings
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor, Origin
from engine.store.postgres.connection import Transaction, transaction
from engine.stream.offsets import contradictions, groups, topics
from engine.stream.offsets.contradictions import Contradiction
from engine.stream.offsets.topics import Range, TopicMissing


class PositionLost(Exception):
    """Kafka and the database contradict each other. Going on would skip records, or publish twice,
    silently."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where partitions are to be read on, and which of them are halted."""

    offsets: dict[int, int]
    halted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at Kafka: where the topic is and ends, the group's offsets, and the cursors as they
    were before that."""

    topic: str
    before: Mapping[int, Cursor]
    here: Origin
    ranges: Mapping[int, Range]
    committed: Mapping[int, int]

    def troubles(
        self, known: Origin | None, now: Mapping[int, Cursor], partitions: Iterable[int]
    ) -> list[Contradiction]:
        """What is wrong with these partitions. `known`, `now`: as read after this look."""
        whole = contradictions.of_topic(self.topic, known, self.here)
        if whole is not None:
            return [whole]
        return [
            trouble
            for number in sorted(partitions)
            for trouble in contradictions.of_partition(
                self.topic,
                number,
                self.before.get(number),
                self.ranges[number],
                self.committed.get(number),
                now.get(number),
            )
        ]


def look(settings: Settings, engine: Engine, topic: str) -> Look:
    """Look at a topic in Kafka.

    Raises:
        PositionLost: the topic is missing because this is another cluster.
        BrokerUnreachable, TopicMissing, DatabaseUnreachable
    """
    with transaction(engine) as tx:
        before, known = cursors.read(tx, topic), cursors.origin(tx, topic)
    with _in_its_cluster(settings, topic, known):
        ranges = topics.ranges(settings, topic)
        here = topics.described(settings, topic).origin
    return Look(topic, before, here, ranges, groups.committed(settings, topic))


class Positions:
    """Reads positions of one topic, `topic`."""

    def __init__(self, settings: Settings, engine: Engine, topic: str) -> None:
        self._settings = settings
        self._engine = engine
        self.topic = topic

    def find(self, partitions: Iterable[int]) -> Found:
        """Where to read on. A partition without a cursor begins where the broker's begins.

        Raises:
            PositionLost: the cursors and what Kafka has contradict each other.
            BrokerUnreachable, TopicMissing, DatabaseUnreachable
        """
        wanted = sorted(partitions)
        if not wanted:
            return Found({}, frozenset())
        there = look(self._settings, self._engine, self.topic)
        with transaction(self._engine) as tx:
            now = cursors.read(tx, there.topic)
            _refuse(there.troubles(cursors.origin(tx, there.topic), now, wanted))
            begin(tx, there, wanted)
            known = cursors.read(tx, there.topic)
        return Found(
            {number: known[number].next_offset for number in wanted},
            frozenset(number for number in wanted if known[number].halted is not None),
        )

    def check_topic(self) -> set[int]:
        """That the topic is there and is the one that is being read; gives those of its partitions
        that nobody has begun to read.

        Raises:
            PositionLost, BrokerUnreachable, TopicMissing, DatabaseUnreachable
        """
        with transaction(self._engine) as tx:
            known, read = cursors.origin(tx, self.topic), cursors.read(tx, self.topic)
        with _in_its_cluster(self._settings, self.topic, known):
            here = topics.described(self._settings, self.topic)
            _refuse([contradictions.of_topic(self.topic, known, here.origin)])
        return set(here.partitions - read.keys())

    def cursors(self) -> dict[int, Cursor]:
        """All cursors by partition."""
        with transaction(self._engine) as tx:
            return cursors.read(tx, self.topic)


def begin(tx: Transaction, there: Look, partitions: Iterable[int]) -> None:
    """Start the cursors of partitions that have none, where the broker's begin."""
    for number in sorted(partitions):
        cursors.start(tx, there.topic, number, there.ranges[number].begin)
    cursors.claim(tx, there.topic, there.here)


@contextmanager
def _in_its_cluster(settings: Settings, topic: str, known: Origin | None) -> Iterator[None]:
    """A topic that is missing may be there, in the cluster that was read so far."""
    try:
        yield
    except TopicMissing:
        if known is not None:
            here = Origin(topics.cluster(settings), known.topic_id)
            _refuse([contradictions.of_topic(topic, known, here)])
        raise


def _refuse(contradictions_or_none: Sequence[Contradiction | None]) -> None:
    """Raises PositionLost for the first contradiction, if there is any."""
    wrong = [each for each in contradictions_or_none if each is not None]
    if wrong:
        more = f" ({len(wrong) - 1} more: `badge-engine recover --dry-run`)" if wrong[1:] else ""
        raise PositionLost(wrong[0].what + more)
