"""Back-pressure: how many bytes of batches are fetched and not yet committed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from faust.types import TP

from engine.stream.fetched import Fetched


@dataclass(slots=True)
class Room:
    """Counts what is under way. A batch of an older epoch than `epoch_of` its partition was
    discarded by a seek, and counts no more."""

    bytes_at_most: int
    epoch_of: Callable[[TP], int | None]
    _under_way: dict[tuple[TP, int], list[int]] = field(default_factory=dict)

    def enter(self, tp: TP, fetched: Fetched) -> None:
        """A batch was fetched."""
        self._under_way.setdefault((tp, fetched.epoch), []).append(fetched.bytes)

    def leave(self, tp: TP, fetched: Fetched) -> None:
        """A batch is done with."""
        sizes = self._under_way.get((tp, fetched.epoch), [])
        if fetched.bytes in sizes:
            sizes.remove(fetched.bytes)

    def holds(self, tp: TP) -> bool:
        """Whether a batch of a partition is under way."""
        return bool(self._current().get(tp))

    def free(self) -> bool:
        """Whether more may be fetched."""
        return sum(map(sum, self._current().values())) <= self.bytes_at_most

    def _current(self) -> dict[TP, list[int]]:
        self._under_way = {
            (tp, epoch): sizes
            for (tp, epoch), sizes in self._under_way.items()
            if sizes and epoch == self.epoch_of(tp)
        }
        return {tp: sizes for (tp, _), sizes in self._under_way.items()}
