"""A batch: consecutive records of one partition, as they came from Kafka."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from events.envelope import Headers


class Record(msgspec.Struct, frozen=True, gc=False):
    """One record. Key, value and headers are exact bytes."""

    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()

    def __repr__(self) -> str:
        """Without the bytes: they may hold a private message."""
        return f"Record(offset={self.offset})"


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of a partition from offset `start` up to, not including, `end`.

    There may be fewer records than offsets: transaction markers and compaction leave holes.
    """

    topic: str
    partition: int
    start: int
    end: int
    records: Sequence[Record]

    def __post_init__(self) -> None:
        """Raises ValueError if a record lies outside: it would be taken in a second time."""
        records = self.records
        if records and not self.start <= records[0].offset <= records[-1].offset < self.end:
            raise ValueError(
                f"{self}: the records are those from {records[0].offset} to {records[-1].offset}"
            )

    def __str__(self) -> str:
        return f"{self.topic} partition {self.partition} offsets {self.start} to {self.end}"
