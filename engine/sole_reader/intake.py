"""What somebody does with the records of a topic: the part that differs between readers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.sole_reader.cursors import Extent, ReadingStart
from engine.sole_reader.topic import TopicRecord
from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class RecordsRead:
    """Consecutive records of one partition, by offset, and the lane of their cursor."""

    lane: int
    records: list[TopicRecord]


class TableIntake(Protocol):
    """Called in the transaction that moves the cursors."""

    def begin(self, tx: Transaction, start: ReadingStart, extents: Mapping[int, Extent]) -> None:
        """Reading begins from these cursors; `extents`: what Kafka has now."""

    def write(self, tx: Transaction, batch: Mapping[int, RecordsRead]) -> Mapping[int, int]:
        """Write what records amount to, by partition. Gives how many were refused in each; one
        without refusals may be left out."""

    def committed(self) -> None:
        """What was written last was committed."""
