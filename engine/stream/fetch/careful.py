"""Records of a batch read with care: for what the client's reader fails on, or would take any
amount of memory for. Ten times slower, so only for such batches.

A record whose key and headers are large is refused before they are taken apart: a header of two
bytes takes seventy in memory. A header's name that is not UTF-8 is given replacement characters.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.handlers.batch import Record
from engine.intake import oversize
from engine.intake.refusal import Refusal
from events.envelope import MAX_BYTES, Headers

_NAME = Refusal("malformed", "the name of a header is not UTF-8")
_LONGEST_VARINT = 10


class Unreadable(Exception):
    """What is there is no record. `offset`: the first that cannot be read."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"no record can be read at offset {offset}")
        self.offset = offset


class BatchOffsets(NamedTuple):
    """The offsets of a batch, `base` to `last`, and how many records it says it has."""

    base: int
    last: int
    records: int


def records(plain: memoryview, at: int, offsets: BatchOffsets, start: int) -> Iterator[Record]:
    """Records from offset `start` on.

    `plain`: an unpacked batch, whose records begin at `at`.

    Raises:
        Unreadable: after the records before it.
    """
    next_offset = offsets.base
    for _ in range(offsets.records):
        try:
            length, at = _varint(plain, at)
            end = at + length
            if length < 0 or end > len(plain):
                raise ValueError
            record = _record(plain[:end], at, offsets.base, start)
        except (ValueError, IndexError):
            raise Unreadable(max(next_offset, start)) from None
        at = end
        if record is not None:
            if not next_offset <= record.offset <= offsets.last:
                raise Unreadable(max(next_offset, start))
            next_offset = record.offset + 1
            yield record


def _record(plain: memoryview, at: int, base: int, start: int) -> Record | None:
    """The record that ends where `plain` does; None if it is before `start`."""
    _, at = _varint(plain, at + 1)  # behind the attributes: the time, which nobody asks for
    delta, at = _varint(plain, at)
    offset = base + delta
    if offset < start:
        return None
    key, at = _bytes(plain, at)
    value, at = _bytes(plain, at)
    envelope = len(key or b"") + len(plain) - at
    whole = value is None or len(value) <= MAX_BYTES
    kept, cut_value = (value, None) if whole else oversize.cut(value or memoryview(b""))
    headers, refusal = _headers(plain, at) if envelope <= MAX_BYTES else ((), None)
    if not whole:
        refusal = oversize.value_too_large(len(value or b""))
    elif envelope > MAX_BYTES:
        refusal = oversize.envelope_too_large(envelope)
    return Record(
        offset,
        None if key is None else bytes(key[:MAX_BYTES]),
        None if kept is None else bytes(kept),
        headers,
        cut_value,
        refusal,
    )


def _headers(plain: memoryview, at: int) -> tuple[Headers, Refusal | None]:
    count, at = _varint(plain, at)
    headers, refusal = [], None
    for _ in range(count):
        name, at = _bytes(plain, at)
        value, at = _bytes(plain, at)
        if name is None:
            raise ValueError
        text = bytes(name).decode(errors="replace")
        if text.encode() != name:
            refusal = _NAME
        headers.append((text, None if value is None else bytes(value)))
    if at != len(plain):
        raise ValueError
    return tuple(headers), refusal


def _bytes(plain: memoryview, at: int) -> tuple[memoryview | None, int]:
    length, at = _varint(plain, at)
    if length < 0:
        return None, at
    if at + length > len(plain):
        raise ValueError
    return plain[at : at + length], at + length


def _varint(plain: memoryview, at: int) -> tuple[int, int]:
    """A number in zigzag coding, and where it ends."""
    value = shift = 0
    for _ in range(_LONGEST_VARINT):
        byte = plain[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1), at
        shift += 7
    raise ValueError
