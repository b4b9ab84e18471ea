"""Records that Kafka's client cannot read: a header's name is not UTF-8.

The client would lose what it has read of all partitions, and never get past. Here it stops before
such a record, as if the partition ended there, and the offset is noted.
"""

from typing import Any

from aiokafka.consumer import fetcher
from faust.types import TP

WHY = "unreadable: the record at offset {} has a header whose name is not UTF-8"

# Where reading stopped, by partition.
stopped_at: dict[TP, int] = {}


class _Records(fetcher.PartitionRecords):  # type: ignore[misc]
    """The records of one fetch of a partition."""

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except UnicodeDecodeError:
            stopped_at[TP(*self._tp)] = self.next_fetch_offset
            raise StopIteration from None


# The client offers no setting for it.
fetcher.PartitionRecords = _Records
