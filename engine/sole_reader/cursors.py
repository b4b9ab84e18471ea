"""How far each partition was read: rows that commit together with what the records changed."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.store.postgres.connection import Transaction


class Superseded(Exception):
    """Another process has moved the cursor: what was read must not be written."""


class TopicCursor(NamedTuple):
    """Where to read on in a partition, and the lane under which its offsets are kept: one for each
    partition of each topic that was ever read."""

    next_offset: int
    lane: int


class Extent(NamedTuple):
    """The offsets of a partition that Kafka has: from `begin` up to, not including, `end`."""

    begin: int
    end: int


class ReadingStart(NamedTuple):
    """The cursors to read from, by partition. `first`: nothing was ever read; `made`: partitions
    whose lane is new."""

    cursors: dict[int, TopicCursor]
    first: bool
    made: frozenset[int]


class CursorTable:
    """The table `cursors` of a schema: partition, next_offset, topic_id, lane, refused."""

    def __init__(self, schema: str) -> None:
        self._table = f"{schema}.cursors"

    def start(self, tx: Transaction, topic_id: str, extents: Mapping[int, Extent]) -> ReadingStart:
        """The cursors to read these partitions from, made where they are missing.

        A partition is read from its beginning, under a new lane, if it is new, of another topic
        than the cursor, or ends before it. Offsets that Kafka has no more are passed.
        """
        rows = tx.rows(f"SELECT partition, next_offset, topic_id, lane FROM {self._table}")
        known = {number: (offset, of_topic, lane) for number, offset, of_topic, lane in rows}
        lane = max((row[2] for row in known.values()), default=0)
        cursors = {}
        made = set()
        for number, extent in sorted(extents.items()):
            offset, of_topic, its_lane = known.get(number, (-1, "", 0))
            if of_topic == topic_id and offset <= extent.end:
                cursors[number] = TopicCursor(max(offset, extent.begin), its_lane)
            else:
                lane += 1
                cursors[number] = TopicCursor(extent.begin, lane)
                made.add(number)
            tx.execute(
                f"INSERT INTO {self._table} (partition, next_offset, topic_id, lane) "
                "VALUES (%s, %s, %s, %s) ON CONFLICT (partition) DO UPDATE "
                "SET next_offset = excluded.next_offset, topic_id = excluded.topic_id, "
                "lane = excluded.lane",
                number, cursors[number].next_offset, topic_id, cursors[number].lane,
            )  # fmt: skip
        return ReadingStart(cursors, not known, frozenset(made))

    def advance(
        self, tx: Transaction, partition: int, at: TopicCursor, next_offset: int, refused: int
    ) -> TopicCursor:
        """Move a cursor on from where we believe it is; counts refused records. Raises
        Superseded."""
        moved = tx.execute(
            f"UPDATE {self._table} SET next_offset = %s, refused = refused + %s "
            "WHERE (partition, lane, next_offset) = (%s, %s, %s)",
            next_offset, refused, partition, at.lane, at.next_offset,
        )  # fmt: skip
        if not moved:
            raise Superseded(f"partition {partition} is not at {at.next_offset} any more")
        return TopicCursor(next_offset, at.lane)

    def read(self, tx: Transaction, topic_id: str) -> dict[int, tuple[int, int]]:
        """Of each partition of this topic that was read: the offset to read next, and how many
        records were refused."""
        rows = tx.rows(
            f"SELECT partition, next_offset, refused FROM {self._table} WHERE topic_id = %s",
            topic_id,
        )
        return {number: (offset, refused) for number, offset, refused in rows}
