"""Logs that show when a row was changed: each row's hash covers the row before it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec

GENESIS = bytes(32)
"""What the first row follows."""

canonical = msgspec.json.Encoder(order="sorted").encode
"""JSON that is the same for equal values."""


class ChainedRow(Protocol):
    """A row, numbered from 1. `covered`: the values that its hash is computed of."""

    @property
    def id(self) -> int: ...

    @property
    def covered(self) -> Sequence[object]: ...


R = TypeVar("R", bound=ChainedRow)


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where a log ends. `head`: hex SHA-256 of the last entry and all before it; of a log without
    entries, zeros."""

    entries: int = 0
    head: str = GENESIS.hex()


def hash_after(previous: bytes, row: ChainedRow) -> bytes:
    """The row's hash, given that of the row before."""
    return hashlib.sha256(previous + canonical(row.covered)).digest()


def verified(
    rows: Iterable[tuple[R, bytes]], broken: Callable[[int, str], Exception]
) -> Iterator[R]:
    """The rows, each with its stored hash, in order and checked against the one before.

    Raises:
        what `broken` makes of the number of the first row that is not as it was written, and what
        is wrong with it.
    """
    previous = GENESIS
    for number, (row, stored) in enumerate(rows, start=1):
        if row.id != number:
            raise broken(number, f"is missing: entry {row.id} follows {number - 1}")
        if hash_after(previous, row) != stored:
            raise broken(number, "is not as it was written, or the one before it is another")
        yield row
        previous = stored
