"""How far each partition was read: rows that commit together with what the records changed."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.store.postgres.connection import Transaction


class Superseded(Exception):
    """Another process has moved the cursor: what was read must not be written."""


class DirectoryCursor(NamedTuple):
    """Where to read on in a partition, and the lane under which its offsets are kept."""

    next_offset: int
    lane: int


class Extent(NamedTuple):
    """The offsets of a partition that Kafka has: from `begin` up to, not including, `end`."""

    begin: int
    end: int


def start(
    tx: Transaction, topic_id: str, extents: Mapping[int, Extent]
) -> dict[int, DirectoryCursor]:
    """The cursors to read these partitions from, made where they are missing.

    A partition is read from its beginning, under a new lane, if it is new, of another topic than
    the cursor, or ends before it. Offsets that Kafka has no more are passed.
    """
    rows = tx.rows("SELECT partition, next_offset, topic_id, lane FROM directory.cursors")
    known = {number: (offset, of_topic, lane) for number, offset, of_topic, lane in rows}
    lane = max((row[2] for row in known.values()), default=0)
    cursors = {}
    for number, extent in sorted(extents.items()):
        offset, of_topic, its_lane = known.get(number, (-1, "", 0))
        if of_topic == topic_id and offset <= extent.end:
            cursors[number] = DirectoryCursor(max(offset, extent.begin), its_lane)
        else:
            lane += 1
            cursors[number] = DirectoryCursor(extent.begin, lane)
        tx.execute(
            "INSERT INTO directory.cursors (partition, next_offset, topic_id, lane) "
            "VALUES (%s, %s, %s, %s) ON CONFLICT (partition) DO UPDATE "
            "SET next_offset = excluded.next_offset, topic_id = excluded.topic_id, "
            "lane = excluded.lane",
            number, cursors[number].next_offset, topic_id, cursors[number].lane,
        )  # fmt: skip
    return cursors


def advance(
    tx: Transaction, partition: int, at: DirectoryCursor, next_offset: int, refused: int
) -> DirectoryCursor:
    """Move a cursor on from where we believe it is; counts refused records. Raises Superseded."""
    moved = tx.execute(
        "UPDATE directory.cursors SET next_offset = %s, refused = refused + %s "
        "WHERE (partition, lane, next_offset) = (%s, %s, %s)",
        next_offset, refused, partition, at.lane, at.next_offset,
    )  # fmt: skip
    if not moved:
        raise Superseded(f"partition {partition} is not at {at.next_offset} any more")
    return DirectoryCursor(next_offset, at.lane)
