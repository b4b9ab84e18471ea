"""What records take in memory, and no more of them at once than there is room for.

A broker's answer to a fetch is bounded as it is sent, one megabyte a partition. Compressed, that
may be hundreds of megabytes of records; and a megabyte of empty records takes many in memory.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from aiokafka.consumer import fetcher

# What a record takes beside what it holds: seven objects.
_RECORD_BYTES = 300
PORTION_BYTES = 2 << 20
"""Of records of one partition, taken out of an answer at once."""
TRANSACTION_BYTES = 2 * PORTION_BYTES
"""Of records that are taken in together."""


class Sized(Protocol):
    """A record as Kafka's client gives it."""

    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes | None]]: ...


def footprint(record: Sized) -> int:
    """What a record takes in memory, in bytes, about; an empty one takes room too."""
    held = len(record.key or b"") + len(record.value or b"")
    for name, value in record.headers:
        held += len(name) + len(value or b"")
    return held + _RECORD_BYTES


class FetchLimit(fetcher.PartitionRecords):  # type: ignore[misc]
    """The records of one partition in one answer, up to a size in memory, and at least one. What is
    left is fetched again: the position stands before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._taken = 0

    def __next__(self) -> Any:
        if self._taken >= PORTION_BYTES:
            self._records_iterator = None  # it refers to us: a cycle, and a megabyte in it
            raise StopIteration
        record = super().__next__()
        self._taken += footprint(record)
        return record


# The client offers no setting for it.
fetcher.PartitionRecords = FetchLimit
