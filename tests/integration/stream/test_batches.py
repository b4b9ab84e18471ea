"""Whatever a record batch holds, reading it takes bounded memory, and every offset of it is passed:
as a record, or as one that is refused."""

import gzip
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256

import cramjam
import pytest
from aiokafka import TopicPartition
from aiokafka.record.default_records import DefaultRecordBatchBuilder

from engine.handlers.batch import Record
from engine.intake.oversize import CutValue
from engine.intake.refusal import Refusal
from engine.stream.fetch import batches, unpack
from engine.stream.fetch.batches import Answer
from engine.stream.fetch.fetch_limits import FetchLimit
from events.envelope import MAX_BYTES

GOOD = b'{"specversion": "1.0"}'
HEADER = 61
CODECS = {unpack.GZIP, unpack.SNAPPY, unpack.LZ4, unpack.ZSTD}


@pytest.fixture(autouse=True)
def _a_small_bound() -> Iterator[None]:
    batches.limit(4)
    yield
    batches.limit(32)


def _refusal(record: Record) -> Refusal:
    reading = record.reading("activity")
    assert isinstance(reading, Refusal)
    return reading


def _batch(
    values: Sequence[bytes], codec: int = 0, headers: Sequence[tuple[str, bytes | None]] = ()
) -> bytes:
    builder = DefaultRecordBatchBuilder(2, codec, 0, -1, -1, -1, 1 << 30)
    for offset, value in enumerate(values):
        assert builder.append(offset, 0, b"key", value, list(headers)) is not None
    return bytes(builder.build())


def _sealed(batch: bytes) -> bytes:
    """The batch with the checksum and length that it should have."""
    checksum = struct.pack(">I", cramjam_crc32c(batch[21:]))
    return batch[:8] + struct.pack(">i", len(batch) - 12) + batch[12:17] + checksum + batch[21:]


def cramjam_crc32c(data: bytes) -> int:
    from aiokafka.record.util import calc_crc32c

    return int(calc_crc32c(data))


def _with(batch: bytes, packed: bytes, codec: int) -> bytes:
    """The batch with another payload."""
    attributes = struct.pack(">h", codec)
    return _sealed(batch[:21] + attributes + batch[23:HEADER] + packed)


def _read(*given: bytes, start: int = 0) -> list[Record]:
    """Everything of an answer, as it is fetched: portion after portion."""
    found: list[Record] = []
    position = start
    while True:
        answer = Answer(b"".join(given))
        portion = FetchLimit(TopicPartition("t", 0), answer, [], position, None, None, True, 1)
        read = list(portion)
        found += read
        if not read and portion.next_fetch_offset == position:
            return found
        position = portion.next_fetch_offset
        if position >= sum(struct.unpack_from(">i", each, HEADER - 4)[0] for each in given):
            return found


@pytest.mark.parametrize("codec", [0, *sorted(CODECS)])
@pytest.mark.parametrize("size", [10, 200_000])
def test_an_honest_batch_is_read_as_it_was_sent(codec: int, size: int) -> None:
    values = [GOOD + b" " * (size // 5 + n) for n in range(5)]
    records = _read(_batch(values, codec, [("h", b"x"), ("n", None)]))
    assert [(r.offset, r.key, r.value, r.headers) for r in records] == [
        (n, b"key", value, (("h", b"x"), ("n", None))) for n, value in enumerate(values)
    ]


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_a_batch_that_unpacks_to_more_than_allowed_is_refused_offset_by_offset(
    codec: int,
) -> None:
    bomb = _batch([bytes(3 << 20), bytes(3 << 20), b"small"], codec)
    records = _read(bomb)
    assert [r.offset for r in records] == [0, 1, 2]
    assert [r.value for r in records] == [bomb, None, None]
    assert records[0].cut == CutValue(len(bomb), sha256(bomb).digest())
    for record in records:
        refusal = _refusal(record)
        assert refusal.reason == "oversize"
        assert "offsets 0 to 2, unpack to more than 4 MiB" in refusal.detail


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_what_may_just_be_unpacked_is(codec: int) -> None:
    whole = _batch([bytes(4 << 20)])
    room = (4 << 20) - (len(whole) - HEADER - (4 << 20))
    (record,) = _read(_batch([bytes(room)], codec))
    assert record.cut == CutValue(room, sha256(bytes(room)).digest())
    (record,) = _read(_batch([bytes(room + 1)], codec))
    refusal = _refusal(record)
    assert "unpack to more than 4 MiB" in refusal.detail


def test_a_snappy_block_that_lies_about_its_size_takes_no_memory() -> None:
    lie = b"\xff\xff\xff\xff\x0f" + b"\x00" * 20
    (record,) = _read(_with(_batch([b"x"]), lie, unpack.SNAPPY))
    refusal = _refusal(record)
    assert refusal.reason == "oversize"


def _one(value: bytes) -> bytes:
    return _batch([value])[HEADER:]


@pytest.mark.parametrize(
    ("codec", "packed"),
    [
        (unpack.GZIP, gzip.compress(_one(GOOD))[:-9]),
        (unpack.GZIP, gzip.compress(_one(GOOD))[:-8] + bytes(8)),  # Kafka itself does not look
        (unpack.GZIP, b"\x1f\x8b no"),
        (unpack.ZSTD, bytes(cramjam.zstd.compress(_one(GOOD)))[:-3]),
        (unpack.LZ4, bytes(cramjam.lz4.compress(_one(GOOD)))[:-6] + b"\xff" * 6),
        (unpack.SNAPPY, b"\x05\xff\xff"),
        (unpack.SNAPPY, b"\x82SNAPPY\x00\x00\x00\x00\x01\x00\x00\x00\x01\x7f\xff\xff\xff"),
        (unpack.SNAPPY, b"\x82SNAPPY\x00\x00\x00\x00\x01\x00\x00\x00\x01\x7f"),
        (5, b"nobody knows"),
        (unpack.ZSTD, bytes(cramjam.zstd.compress(_one(GOOD)[:-3]))),  # a record is cut off
        (unpack.ZSTD, bytes(cramjam.zstd.compress(b"\x80" * 40))),  # a number has no end
        (unpack.ZSTD, bytes(cramjam.zstd.compress(b"\xff\xff\xff\xff\x0f" * 9))),
        (unpack.ZSTD, bytes(cramjam.zstd.compress(b""))),
    ],
    ids=[
        "gzip without its end",
        "gzip with another checksum",
        "gzip that is none",
        "zstd without its end",
        "lz4 with another checksum",
        "snappy without blocks",
        "snappy with a block of another size",
        "snappy with half a block size",
        "unknown codec",
        "a record cut off",
        "a number without an end",
        "lengths below zero",
        "nothing",
    ],
)
def test_a_batch_that_cannot_be_read_is_refused_and_passed(codec: int, packed: bytes) -> None:
    damaged = _with(_batch([GOOD]), packed, codec)
    (record,) = _read(damaged)
    refusal = _refusal(record)
    assert refusal.reason == "malformed"
    assert record.value == damaged


def test_records_before_one_that_is_damaged_are_read() -> None:
    plain = _batch([GOOD] * 3)
    second = plain.index(b"key", plain.index(GOOD))
    damaged = _sealed(plain[: second - 1] + b"\x7f" + plain[second:])
    first, *refused = _read(damaged)
    assert first.value == GOOD
    assert [(r.offset, r.value) for r in refused] == [(1, damaged), (2, None)]


def test_gzip_in_several_members_is_read() -> None:
    plain = _batch([GOOD, GOOD])[HEADER:]
    packed = gzip.compress(plain[:9]) + gzip.compress(plain[9:])
    assert [r.value for r in _read(_with(_batch([GOOD, GOOD]), packed, unpack.GZIP))] == [GOOD] * 2


@pytest.mark.parametrize("codec", [0, unpack.ZSTD])
def test_a_header_name_that_is_not_utf8_is_malformed_and_the_others_are_read(codec: int) -> None:
    plain = _batch([GOOD, GOOD + b"!", GOOD])
    marked = _batch([GOOD, GOOD + b"!", GOOD], 0, [("a", b"1"), ("name-xy", b"2")])
    at = marked.index(b"name-xy", marked.index(GOOD + b"!"))
    spoilt = marked[: at + 5] + b"\xff\xfe" + marked[at + 7 :]
    payload = spoilt[HEADER:]
    batch = _with(plain, bytes(cramjam.zstd.compress(payload)) if codec else payload, codec)
    first, bad, last = _read(batch)
    assert (first.value, last.value) == (GOOD, GOOD)
    assert "header" not in _refusal(first).detail
    assert _refusal(bad) == Refusal("malformed", "the name of a header is not UTF-8")
    assert bad.headers == (("a", b"1"), ("name-\ufffd\ufffd", b"2"))


def test_an_oversize_value_is_cut() -> None:
    value = os.urandom(MAX_BYTES + 1)
    for batch in (_batch([value]), _batch([value] * 40)):  # plainly, and with care
        record = _read(batch)[-1]
        assert record.value == value[:MAX_BYTES]
        assert record.cut == CutValue(len(value), sha256(value).digest())
        assert _refusal(record) == Refusal(
            "oversize", f"value has {MAX_BYTES + 1} bytes; at most {MAX_BYTES} are read"
        )


@pytest.mark.parametrize("records", [1, 40])
def test_large_headers_are_refused_and_not_kept(records: int) -> None:
    headers = [("n", b"x" * 70_000)]
    record = _read(_batch([GOOD] * records, 0, headers))[-1]
    refusal = _refusal(record)
    assert refusal.reason == "oversize"
    assert (record.value, record.headers, record.cut) == (GOOD, (), None)


def test_millions_of_empty_headers_are_not_taken_apart() -> None:
    number = 1_500_000
    body = b"\x00\x00\x00\x01\x01" + _varint(number) + b"\x00\x01" * number
    payload = _varint(len(body)) + body
    batch = _with(_batch([GOOD]), zlib_gzip(payload), unpack.GZIP)
    (record,) = _read(batch)
    refusal = _refusal(record)
    assert refusal.reason == "oversize"
    assert record.headers == ()


def zlib_gzip(data: bytes) -> bytes:
    packing = zlib.compressobj(9, wbits=31)
    return packing.compress(data) + packing.flush()


def _varint(number: int) -> bytes:
    number <<= 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def test_reading_goes_on_within_a_batch_and_behind_it() -> None:
    first, second = _batch([GOOD] * 3, unpack.ZSTD), _batch([bytes(5 << 20)], unpack.ZSTD)
    second = struct.pack(">q", 3) + second[8:]
    assert [r.offset for r in _read(first, second, start=2)] == [2, 3]
    damaged = _with(_batch([GOOD] * 3), b"no", unpack.ZSTD)
    inside = _read(damaged, start=1)
    assert [(r.offset, r.value) for r in inside] == [(1, None), (2, None)]
