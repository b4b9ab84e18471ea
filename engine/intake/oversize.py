"""What is kept of a record that is too large to be read: its beginning, its size and its hash."""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from engine.intake.refusal import Refusal
from events.envelope import MAX_BYTES


class CutValue(NamedTuple):
    """A value before it was cut to its first MAX_BYTES: its size in bytes, and its SHA-256."""

    size: int
    sha256: bytes


def cut(value: bytes | memoryview) -> tuple[bytes, CutValue]:
    """The first MAX_BYTES of a value, and what it was whole."""
    return bytes(value[:MAX_BYTES]), CutValue(len(value), sha256(value).digest())


def value_too_large(size: int) -> Refusal:
    """Why a value of so many bytes is refused."""
    return Refusal("oversize", f"value has {size} bytes; at most {MAX_BYTES} are read")


def envelope_too_large(size: int) -> Refusal:
    """Why a record is refused whose key and headers have so many bytes together."""
    detail = f"key and headers have {size} bytes; at most {MAX_BYTES} are read"
    return Refusal("oversize", f"{detail}, and headers are not kept")


def envelope_size(key: bytes | None, headers: Sequence[tuple[str, bytes | None]]) -> int:
    """The bytes of key and headers, as they are sent at the least."""
    size = len(key or b"")
    for name, value in headers:
        size += len(name) + len(value or b"") + 2
    return size
