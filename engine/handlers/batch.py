"""A batch: consecutive records of one partition, as they came from Kafka."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from events.envelope import Headers


@dataclass(frozen=True, slots=True)
class Record:
    """One record. Key, value and headers are exact bytes."""

    offset: int
    key: bytes | None = field(repr=False)
    value: bytes | None = field(repr=False)  # it may hold a private message
    headers: Headers = field(default=(), repr=False)


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
