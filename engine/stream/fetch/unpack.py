"""Unpacking a compressed record batch, stopped at a bound.

Some kB may unpack to a gigabyte: the libraries are given no more room than is allowed, so they stop
where it is full. Measured: 3 kB of zstd that hold 100 MB are given up at 32 MiB in 0.3 s.
"""

import mmap
import struct
import zlib
from collections.abc import Callable, Iterator

import cramjam

GZIP, SNAPPY, LZ4, ZSTD = 1, 2, 3, 4

# Pages of a map are there when they are written to; those of a bytearray when it is made. But a
# map costs two system calls, and most batches are small.
_SMALL_BYTES = 1 << 16
_USUAL_RATIO = 16
_STEP_BYTES = 1 << 20
_FULL = "failed to write whole buffer"
_XERIAL = b"\x82SNAPPY\x00"  # the framing of Java's snappy, in blocks
_XERIAL_BYTES = 16


class TooLarge(Exception):
    """The batch unpacks to more than is allowed."""


class Damaged(Exception):
    """The batch is not what its codec says."""


def unpacked(codec: int, packed: memoryview, header: bytes, at_most: int) -> memoryview:
    """`header`, followed by what is packed.

    `at_most`: bytes that it may unpack to.

    Raises:
        TooLarge, Damaged
    """
    first = min(at_most, len(packed) * _USUAL_RATIO)
    if first <= _SMALL_BYTES:
        try:
            return _into(codec, packed, header, bytearray(len(header) + first))
        except TooLarge:
            if first == at_most:
                raise
    return _into(codec, packed, header, mmap.mmap(-1, len(header) + at_most))


def _into(
    codec: int, packed: memoryview, header: bytes, target: bytearray | mmap.mmap
) -> memoryview:
    whole = memoryview(target)
    room = whole[len(header) :]
    whole[: len(header)] = header
    if codec not in _CODECS:
        raise Damaged(f"codec {codec} is not known")
    try:
        size = _CODECS[codec](packed, room)
    except cramjam.DecompressionError as error:
        if _FULL in str(error):
            raise TooLarge from None
        raise Damaged("it cannot be unpacked") from None
    except (zlib.error, struct.error):
        raise Damaged("it cannot be unpacked") from None
    return whole[: len(header) + size]


def _gzip(packed: memoryview, room: memoryview) -> int:
    size, rest = 0, bytes(packed)
    while rest[:2] == b"\x1f\x8b":  # members may follow one another
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            part = member.decompress(rest, min(_STEP_BYTES, len(room) - size + 1))
            rest = member.unconsumed_tail
            if size + len(part) > len(room):
                raise TooLarge
            if not (part or rest or member.eof):
                raise Damaged("it ends early")
            room[size : size + len(part)] = part
            size += len(part)
        rest = member.unused_data
    return size


def _snappy(packed: memoryview, room: memoryview) -> int:
    size = 0
    for block in _snappy_blocks(packed):
        length = cramjam.snappy.decompress_raw_len(block)
        if size + length > len(room):
            raise TooLarge
        if length:
            size += cramjam.snappy.decompress_raw_into(block, room[size : size + length])
    return size


def _snappy_blocks(packed: memoryview) -> Iterator[memoryview]:
    if bytes(packed[: len(_XERIAL)]) != _XERIAL:
        yield packed
        return
    at = _XERIAL_BYTES
    while at < len(packed):
        (length,) = struct.unpack_from("!i", packed, at)
        at += 4
        if length < 0 or at + length > len(packed):
            raise Damaged("a block is longer than the batch")
        yield packed[at : at + length]
        at += length


def _lz4(packed: memoryview, room: memoryview) -> int:
    return int(cramjam.lz4.decompress_into(packed, room))


def _zstd(packed: memoryview, room: memoryview) -> int:
    return int(cramjam.zstd.decompress_into(packed, room))


_CODECS: dict[int, Callable[[memoryview, memoryview], int]] = {
    GZIP: _gzip,
    SNAPPY: _snappy,
    LZ4: _lz4,
    ZSTD: _zstd,
}
