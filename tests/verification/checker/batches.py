"""Which batch brought a record, by the log of the cursors: each step is one batch, one commit."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from tests.verification.checker.tables import CursorStep


class Batches:
    """Looks offsets up. Without a log nothing is known."""

    def __init__(self, steps: Sequence[CursorStep] | None) -> None:
        self._ends: dict[int, list[int]] = defaultdict(list)
        for step in steps or ():
            ends = self._ends[step.partition]
            if step.after is None:
                ends.clear()  # of a topic that is no more
            else:
                ends.append(step.after)

    def number(self, partition: int, offset: int) -> int | None:
        """Which batch of its partition brought a record; None if nobody noted that."""
        ends = self._ends.get(partition, [])
        number = bisect_right(ends, offset)
        return number if number < len(ends) else None

    def end(self, partition: int, offset: int) -> int | None:
        """Up to which offset its partition was read when a record was; None if nobody noted."""
        number = self.number(partition, offset)
        return self._ends[partition][number] if number is not None else None
