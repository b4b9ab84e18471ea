"""A batch: consecutive records of one partition, as they came from Kafka."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from engine.intake.oversize import CutValue, cut
from engine.intake.parse import ParseResult, parse_record
from events.envelope import MAX_BYTES, Headers
from events.schemas.registry import TopicKind


class Record(msgspec.Struct, gc=False, eq=False):
    """One record. Key, value and headers are exact bytes; nothing of it ever changes.

    `cut`: what the value was before it was cut. `_reading`: what is known of it before it is read.
    `timestamp`: Kafka's, in milliseconds since 1970; 0 where that is not known.
    """

    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    cut: CutValue | None = None
    _reading: ParseResult | None = None
    timestamp: int = 0

    def reading(self, on: TopicKind) -> ParseResult:
        """What it says, on a topic of this kind: parsed when first asked for, in any thread."""
        reading = self._reading
        if reading is None:
            reading = self._reading = parse_record(self.value, self.headers, on)
        return reading

    def kept(self) -> tuple[bytes | None, CutValue | None]:
        """What a dead letter keeps of the value: the beginning of a long one."""
        if self.cut is None and self.value is not None and len(self.value) > MAX_BYTES:
            return cut(self.value)
        return self.value, self.cut

    def __repr__(self) -> str:
        """Without the bytes: they may hold a private message."""
        return f"Record(offset={self.offset})"


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of a partition from offset `start` up to, not including, `end`.

    There may be fewer records than offsets: transaction markers and compaction leave holes.
    `on`: the kind of the topic, which is what may stand on it.
    """

    topic: str
    partition: int
    start: int
    end: int
    records: Sequence[Record]
    on: TopicKind = "activity"

    def __post_init__(self) -> None:
        """Raises ValueError if a record lies outside: it would be processed a second time."""
        records = self.records
        if records and not self.start <= records[0].offset <= records[-1].offset < self.end:
            raise ValueError(
                f"{self}: the records are those from {records[0].offset} to {records[-1].offset}"
            )

    def readings(self) -> list[ParseResult]:
        """What its records say, one by one."""
        on = self.on
        return [record.reading(on) for record in self.records]

    def __str__(self) -> str:
        return f"{self.topic} partition {self.partition} offsets {self.start} to {self.end}"
