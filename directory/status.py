"""How far the directory has been read, and what is in it: for operators and monitors."""

from dataclasses import dataclass
from typing import Any

from directory.intake.topic import DirectoryTopic
from engine.sole_reader.cursors import CursorTable, Extent
from engine.store.postgres.connection import Transaction

_COUNTED = ("programs", "participants", "loops")


@dataclass(frozen=True, slots=True)
class DirectoryPartition:
    """One partition: the offset to read next, where the topic ends, refused records so far."""

    partition: int
    next_offset: int
    end: int
    refused: int

    @property
    def lag(self) -> int:
        """Records to read."""
        return max(0, self.end - self.next_offset)


@dataclass(frozen=True, slots=True)
class DirectoryStatus:
    """The partitions, and how many of each kind are described."""

    partitions: tuple[DirectoryPartition, ...]
    described: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """For monitors."""
        return {
            "lag": sum(each.lag for each in self.partitions),
            "refused": sum(each.refused for each in self.partitions),
            "partitions": [
                {
                    "partition": each.partition,
                    "next_offset": each.next_offset,
                    "end": each.end,
                    "lag": each.lag,
                    "refused": each.refused,
                }
                for each in self.partitions
            ],
            "described": self.described,
        }


def look(tx: Transaction, topic: DirectoryTopic) -> DirectoryStatus:
    """The state of now. Raises KafkaAway, TopicAbsent."""
    there = topic.look()
    extents = topic.extents(there.partitions)
    read = CursorTable("directory").read(tx, there.topic_id)
    counts = {table: tx.rows(f"SELECT count(*) FROM directory.{table}")[0][0] for table in _COUNTED}
    partitions = (_status(number, at, read) for number, at in sorted(extents.items()))
    return DirectoryStatus(tuple(partitions), counts)


def _status(number: int, at: Extent, read: dict[int, tuple[int, int]]) -> DirectoryPartition:
    offset, refused = read.get(number, (at.begin, 0))
    return DirectoryPartition(number, offset, at.end, refused)
