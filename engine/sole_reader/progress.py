"""How far a topic has been read: for operators and monitors."""

from dataclasses import asdict, dataclass
from typing import Any

from engine.sole_reader.cursors import CursorTable
from engine.sole_reader.topic import KafkaTopic
from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class PartitionProgress:
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
class ReadingProgress:
    """All partitions, in order."""

    partitions: tuple[PartitionProgress, ...]

    def as_json(self) -> dict[str, Any]:
        """For monitors."""
        return {
            "lag": sum(each.lag for each in self.partitions),
            "refused": sum(each.refused for each in self.partitions),
            "partitions": [asdict(each) | {"lag": each.lag} for each in self.partitions],
        }

    def as_lines(self) -> list[str]:
        """For people."""
        return [
            f"partition {each.partition}: at {each.next_offset} of {each.end}, "
            f"{each.lag} to read, {each.refused} refused"
            for each in self.partitions
        ]


def look(tx: Transaction, schema: str, topic: KafkaTopic) -> ReadingProgress:
    """How far the reader whose cursors are in `schema` is now. Raises KafkaAway, TopicAbsent."""
    there = topic.look()
    extents = topic.extents(there.partitions)
    read = CursorTable(schema).read(tx, there.topic_id)
    partitions = (
        PartitionProgress(number, next_offset, at.end, refused)
        for number, at in sorted(extents.items())
        for next_offset, refused in [read.get(number, (at.begin, 0))]
    )
    return ReadingProgress(tuple(partitions))
