"""Where to read on: the database's cursors, held against what the broker still has."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.settings import Settings
from engine.store import cursors
from engine.store.cursors import Cursor, Origin
from engine.store.database import transaction
from engine.stream import topics
from engine.stream.topics import Range


class PositionLost(Exception):
    """Kafka does not have what comes next. Going on would skip records without a word."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where partitions are to be read on, and which of them are halted."""

    offsets: dict[int, int]
    halted: frozenset[int]


class Positions:
    """Reads positions of the activity topic."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine

    def find(self, partitions: Iterable[int]) -> Found:
        """Where to read on. A partition without a cursor begins where the broker's begins.

        Raises:
            PositionLost: retention passed a cursor, or the topic was made anew.
            BrokerUnreachable, TopicMissing, DatabaseUnreachable
        """
        wanted = sorted(partitions)
        if not wanted:
            return Found({}, frozenset())
        topic = self._settings.activity_topic
        ranges = topics.ranges(self._settings, topic)
        here = topics.origin(self._settings, topic)
        with transaction(self._engine) as tx:
            _check_origin(topic, cursors.origin(tx, topic), here)
            known = cursors.read(tx, topic)
            for number in wanted:
                if number not in known:
                    cursors.start(tx, topic, number, ranges[number].begin)
            cursors.claim(tx, topic, here)
            known = cursors.read(tx, topic)
        for number in wanted:
            _check(known[number], ranges[number])
        return Found(
            {number: known[number].next_offset for number in wanted},
            frozenset(number for number in wanted if known[number].halted is not None),
        )

    def cursors(self) -> dict[int, Cursor]:
        """All cursors by partition."""
        with transaction(self._engine) as tx:
            return cursors.read(tx, self._settings.activity_topic)


def _check_origin(topic: str, known: Origin | None, here: Origin) -> None:
    if known is None or known == here:
        return
    if known.cluster_id != here.cluster_id:
        raise PositionLost(
            f"{topic}: the cursors count in Kafka cluster {known.cluster_id}, but this is cluster "
            f"{here.cluster_id}. See docs/operating.md, 'another cluster'."
        )
    raise PositionLost(
        f"{topic} was deleted and made anew since it was last read, so the cursors count in a "
        "topic that is gone. See docs/operating.md, 'topic recreated'."
    )


def _check(cursor: Cursor, there: Range) -> None:
    where = f"{cursor.topic} partition {cursor.partition}"
    if cursor.next_offset < there.begin:
        raise PositionLost(
            f"{where}: records {cursor.next_offset} to {there.begin - 1} are gone from Kafka "
            "before they were read (retention is too short for this lag). They must be published "
            "again; see docs/operating.md, 'retention passed the cursor'."
        )
    if cursor.next_offset > there.end:
        raise PositionLost(
            f"{where}: the cursor is at {cursor.next_offset}, but the topic ends at {there.end}. "
            "It was made anew, or this is another cluster; see docs/operating.md, 'topic "
            "recreated'."
        )
