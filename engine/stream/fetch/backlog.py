"""What is fetched and not yet committed: counted for back-pressure, and gathered into batches.

Records are fetched as they arrive, a few at a time. All that have arrived by the time the worker is
free are processed together, a batch per partition: the further behind a worker is, the more records
share the cost of a transaction.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from faust.types import TP

from engine.handlers.batch import Batch
from engine.stream.fetch.fetch_limits import TRANSACTION_BYTES
from engine.stream.fetch.fetched import Fetched


@dataclass(slots=True)
class _Lane:
    """Of one partition since its last seek, in order."""

    waiting: deque[Fetched] = field(default_factory=deque)
    in_flight: list[Fetched] = field(default_factory=list)


@dataclass(slots=True)
class Backlog:
    """At most `bytes_at_most` of records. A batch of an older epoch than `epoch_of` its partition
    was discarded by a seek, and no longer counts."""

    bytes_at_most: int
    records_at_most: int
    epoch_of: Callable[[TP], int | None]
    _lanes: dict[tuple[TP, int], _Lane] = field(default_factory=dict)

    def enter(self, fetched: Fetched) -> None:
        """Something was fetched; it follows what was fetched before in its epoch."""
        self._lanes.setdefault((fetched.partition, fetched.epoch), _Lane()).waiting.append(fetched)

    def gather(self, fetched: Fetched) -> list[Fetched]:
        """The batches to be processed together, beginning with what was fetched: it, what waits
        behind it, and what waits of other partitions, as much as fits into one transaction. Empty
        if it was gathered before, with what came before it."""
        first = self._lanes.get((fetched.partition, fetched.epoch))
        if first is None or not any(other is fetched for other in first.waiting):
            return []
        space = _Space(self.records_at_most, TRANSACTION_BYTES)
        gathered = [_batch(first, space)]
        for lane in self._current().values():
            if lane is first:
                continue
            if lane.waiting and space.has(lane.waiting[0]):
                gathered.append(_batch(lane, space))
        return gathered

    def leave(self, fetched: Fetched) -> None:
        """A batch was processed, or is not wanted."""
        lane = self._lanes.get((fetched.partition, fetched.epoch), _Lane())
        for held in (lane.in_flight, lane.waiting):
            for index, other in enumerate(held):
                if other is fetched:
                    del held[index]
                    return

    def holds(self, tp: TP) -> bool:
        """Whether a batch of a partition waits or is in flight."""
        return any(held == tp for held, _ in self._current())

    def free(self) -> bool:
        """Whether more may be fetched."""
        lanes = self._current().values()
        held = sum(fetched.bytes for lane in lanes for fetched in (*lane.waiting, *lane.in_flight))
        return held <= self.bytes_at_most

    def _current(self) -> dict[tuple[TP, int], _Lane]:
        self._lanes = {
            (tp, epoch): lane
            for (tp, epoch), lane in self._lanes.items()
            if (lane.waiting or lane.in_flight) and epoch == self.epoch_of(tp)
        }
        return self._lanes


@dataclass(slots=True)
class _Space:
    """What else fits into one transaction."""

    records: int
    bytes: int

    def has(self, fetched: Fetched) -> bool:
        """Whether there is space for it."""
        return len(fetched.batch.records) <= self.records and fetched.bytes <= self.bytes

    def give(self, fetched: Fetched) -> Fetched:
        """Give it the space it needs."""
        self.records -= len(fetched.batch.records)
        self.bytes -= fetched.bytes
        return fetched


def _batch(lane: _Lane, space: _Space) -> Fetched:
    """What waits of a partition, as one batch: the first, whether there is space or not, and what
    there is space for behind it."""
    parts = [space.give(lane.waiting.popleft())]
    while lane.waiting and space.has(lane.waiting[0]):
        parts.append(space.give(lane.waiting.popleft()))
    batch = parts[0] if len(parts) == 1 else _joined(parts)
    lane.in_flight.append(batch)
    return batch


def _joined(parts: list[Fetched]) -> Fetched:
    """Batches of a partition that follow one another, as one."""
    first, last = parts[0], parts[-1]
    batch = Batch(
        first.batch.topic,
        first.batch.partition,
        first.batch.start,
        last.batch.end,
        [record for part in parts for record in part.batch.records],
        first.batch.on,
    )
    return Fetched(batch, first.epoch, sum(part.bytes for part in parts))
