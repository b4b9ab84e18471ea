"""What records take in memory, and a limit on how many are fetched at once.

A broker's answer to a fetch is bounded as it is sent, one megabyte a partition. Compressed, that
may be any amount of records (batches.py bounds what one batch unpacks to); and a megabyte of empty
records takes many in memory.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from aiokafka.consumer import fetcher

from engine.handlers.batch import Record
from engine.intake import oversize
from engine.stream.fetch.batches import Answer
from events.envelope import MAX_BYTES

# What a record takes besides what it holds: seven objects; and what a header does, two objects,
# where there are more than publishers' libraries add.
_RECORD_BYTES = 300
_HEADER_BYTES = 150
_USUAL_HEADERS = 4
PORTION_BYTES = 2 << 20
"""Of records of one partition, read from an answer at once."""
TRANSACTION_BYTES = 2 * PORTION_BYTES
"""Of records that are processed together."""


class Sized(Protocol):
    """A record as Kafka's client gives it, or as we keep it."""

    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes | None]]: ...


def footprint(record: Sized) -> int:
    """What a record takes in memory, in bytes, about; an empty one takes some too."""
    headers = record.headers
    held = len(record.key or b"") + len(record.value or b"")
    for name, value in headers:
        held += len(name) + len(value or b"")
    if len(headers) > _USUAL_HEADERS:
        held += _HEADER_BYTES * len(headers)
    return held + _RECORD_BYTES


def bounded(record: Record) -> Record:
    """The record, or what is kept of one that is too large to be read."""
    value, envelope = record.value, oversize.envelope_size(record.key, record.headers)
    if value is not None and len(value) > MAX_BYTES:
        refusal = oversize.value_too_large(len(value))
    elif envelope > MAX_BYTES:
        refusal = oversize.envelope_too_large(envelope)
    else:
        return record
    key = record.key[:MAX_BYTES] if record.key is not None else None
    headers = record.headers if envelope <= MAX_BYTES else ()
    cut = None
    if value is not None and len(value) > MAX_BYTES:
        value, cut = oversize.cut(value)
    return Record(record.offset, key, value, headers, cut, refusal, record.timestamp)


class FetchLimit(fetcher.PartitionRecords):  # type: ignore[misc]
    """The records of one partition in one answer, up to a size in memory, and at least one. What is
    left is fetched again: the position stands before it."""

    def __init__(
        self, tp: Any, records: Answer, aborted: Any, fetch_offset: int, *args: Any
    ) -> None:
        super().__init__(tp, records, aborted, fetch_offset, *args)
        records.start = fetch_offset
        self._read_bytes = 0

    def __next__(self) -> Any:
        if self._read_bytes >= PORTION_BYTES:
            self._records_iterator = None  # it refers to us: a cycle, and a megabyte in it
            raise StopIteration
        return super().__next__()

    def _consumer_record(self, _tp: Any, record: Any) -> Record:
        """The record as the worker keeps it, and no more of it than it may keep."""
        if isinstance(record, Record):
            kept = record
        else:
            kept = Record(
                record.offset,
                record.key,
                record.value,
                tuple(record.headers),
                timestamp=record.timestamp or 0,
            )
            size = footprint(kept)
            if size <= MAX_BYTES:
                self._read_bytes += size
                return kept
            kept = bounded(kept)
        self._read_bytes += footprint(kept)
        return kept


# The client offers no setting for it.
fetcher.PartitionRecords = FetchLimit
fetcher.MemoryRecords = Answer
