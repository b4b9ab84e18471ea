"""Record batches as the broker sends them, none of which can take more memory than allowed, or
keep its partition from going on.

A batch that unpacks to too much, or cannot be read, gives a refused record for each of its offsets;
its bytes, as they were sent, are kept with the first.
"""

import struct
from collections.abc import Iterator
from hashlib import sha256

from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import DefaultRecordBatch
from aiokafka.record.legacy_records import LegacyRecordBatch

from engine.handlers.batch import Record
from engine.intake.oversize import CutValue
from engine.intake.refusal import Refusal
from engine.stream.fetch import careful, unpack
from engine.stream.fetch.careful import BatchOffsets

PLAIN_BYTES = 5 << 18
"""Of an unpacked batch: more is read with care, and by itself. Publishers' clients make batches of
one megabyte at the most, before they pack them."""

_LENGTH = struct.Struct(">qi")  # offset, length of what follows
_MAGIC_AT = 16
_ATTRIBUTES = struct.Struct(">h")
_ATTRIBUTES_AT = 21
_COUNT = struct.Struct(">i")
_COUNT_AT = 57
_HEADER_BYTES = 61
_CODEC = 0x07

_unpacked_at_most = 32 << 20


def limit(megabytes: int) -> None:
    """Unpack no batch to more than so many MiB. For this process."""
    global _unpacked_at_most
    _unpacked_at_most = megabytes << 20


class Answer:
    """The batches of one partition in one answer to a fetch: what aiokafka's fetcher asks of its
    MemoryRecords. After a batch that took long to read there are no more: the rest is fetched
    again, and heartbeats are sent meanwhile."""

    def __init__(self, data: bytes) -> None:
        self.start = 0  # the offset that was asked for; earlier ones of its batch are sent too
        self._data = memoryview(data)
        self._at = 0
        self._enough = False

    def size_in_bytes(self) -> int:
        """Of all that was sent, part of a batch at the end too."""
        return len(self._data)

    def has_next(self) -> bool:
        """Whether there is a whole batch."""
        return not self._enough and self._end() is not None

    def next_batch(self) -> "ReadableBatch | DefaultRecordBatch | LegacyRecordBatch | None":
        """The next batch, if there is a whole one."""
        end = self._end()
        if end is None:
            return None
        data, self._at = self._data[self._at : end], end
        if len(data) <= _MAGIC_AT:
            raise CorruptRecordException(f"a batch of {len(data)} bytes")
        if data[_MAGIC_AT] < 2:
            # Of brokers before Kafka 4, for topics that were never brought to the format of 0.11.
            return LegacyRecordBatch(data, data[_MAGIC_AT])
        batch = DefaultRecordBatch(data)
        return batch if batch.is_control_batch else ReadableBatch(batch, data, self)

    def end_here(self) -> None:
        """Give no more batches."""
        self._enough = True

    def _end(self) -> int | None:
        if len(self._data) - self._at < _LENGTH.size:
            return None
        _, length = _LENGTH.unpack_from(self._data, self._at)
        end = self._at + _LENGTH.size + max(0, int(length))
        return end if end <= len(self._data) else None


class ReadableBatch:
    """A batch of which every offset can be passed."""

    def __init__(self, batch: DefaultRecordBatch, data: memoryview, answer: Answer) -> None:
        self._batch, self._data, self._answer = batch, data, answer
        self.validate_crc = batch.validate_crc
        self.is_control_batch = False
        self.is_transactional: bool = batch.is_transactional
        self.producer_id: int = batch.producer_id
        self.base_offset: int = batch.base_offset
        self.next_offset: int = batch.next_offset

    def __iter__(self) -> Iterator[object]:
        """Records as the client or we read them; those before what was asked for may be there
        again."""
        attributes = self._batch.attributes
        try:
            plain = self._plain(attributes)
        except unpack.TooLarge:
            at_most = _unpacked_at_most >> 20
            reason = Refusal("oversize", self._refused(f"unpack to more than {at_most} MiB"))
            yield from self._refusals(reason, self.base_offset)
            return
        except unpack.Damaged as error:
            reason = Refusal("malformed", self._refused(f"cannot be unpacked ({error})"))
            yield from self._refusals(reason, self.base_offset)
            return
        if len(plain) <= PLAIN_BYTES:
            try:
                yield from self._batch if plain is self._data else DefaultRecordBatch(plain)
            except (UnicodeDecodeError, CorruptRecordException):
                pass
            else:
                return
        yield from self._with_care(plain)

    def _plain(self, attributes: int) -> memoryview:
        codec = attributes & _CODEC
        if not codec:
            return self._data
        header = bytearray(self._data[:_HEADER_BYTES])
        _ATTRIBUTES.pack_into(header, _ATTRIBUTES_AT, attributes & ~_CODEC)
        packed = self._data[_HEADER_BYTES:]
        return unpack.unpacked(codec, packed, bytes(header), _unpacked_at_most)

    def _with_care(self, plain: memoryview) -> Iterator[Record]:
        (count,) = _COUNT.unpack_from(plain, _COUNT_AT)
        offsets = BatchOffsets(self.base_offset, self.next_offset - 1, count)
        try:
            yield from careful.records(plain, _HEADER_BYTES, offsets, self._answer.start)
        except careful.Unreadable as error:
            reason = Refusal("malformed", self._refused("cannot be read"))
            yield from self._refusals(reason, error.offset)
        self._answer.end_here()

    def _refusals(self, refusal: Refusal, first: int) -> Iterator[Record]:
        self._answer.end_here()
        for offset in range(max(first, self._answer.start), self.next_offset):
            if offset == first:
                yield Record(offset, None, bytes(self._data), (), self._whole(), refusal)
            else:
                yield Record(offset, None, None, (), None, refusal)

    def _whole(self) -> CutValue:
        return CutValue(len(self._data), sha256(self._data).digest())

    def _refused(self, what: str) -> str:
        return (
            f"the records of its batch, offsets {self.base_offset} to {self.next_offset - 1}, "
            f"{what}; the batch's bytes are kept once, with the first refused"
        )
