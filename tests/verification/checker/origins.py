"""Where facts came from: lanes of the ledger, what Kafka has no more, what was given up."""

from bisect import bisect_right

from tests.verification.checker.seen import Observations
from tests.verification.checker.tables import IMPORTED, REDRIVEN, LedgerRow


class Origins:
    """Looks offsets and rows of the ledger up."""

    def __init__(self, seen: Observations) -> None:
        self._partition = {row.lane: row.partition for row in seen.database.cursors}
        self._begin = {number: span.begin for number, span in seen.activity.spans.items()}
        self._any_redriven = seen.database.expired > 0
        self._any_redriven_expired = any(
            row.resolution == "redriven" and self.expired(row.partition, row.offset)
            for row in seen.database.dead_letters
        )
        self._lost: dict[int, list[tuple[int, int]]] = {}
        for step in seen.database.steps or ():
            if step.lost and step.before is not None and step.after is not None:
                self._lost.setdefault(step.partition, []).append((step.before, step.after))

    def partition(self, lane: int) -> int | None:
        """The partition of a lane, below 0 for the engine's own; None for another topic's."""
        return self._partition.get(lane)

    def gone(self, row: LedgerRow) -> bool:
        """Whether nobody can look what was told: the record is no more in Kafka, as expired or of
        another topic, or was redriven and may have expired as a dead letter, or came with a
        history that was brought in."""
        partition = self.partition(row.lane)
        if partition is None or partition < 0:
            return partition != REDRIVEN or self._any_redriven
        return self.expired(partition, row.offset)

    def note_gone(self, row: LedgerRow) -> bool:
        """Whether nobody can look what its private note was: as `gone`, or it was redriven, when
        the note is cut out of the dead letter, and may be no more in Kafka."""
        return self.gone(row) or (
            self.partition(row.lane) == REDRIVEN and self._any_redriven_expired
        )

    def brought_in(self, row: LedgerRow) -> bool:
        """Whether a row came with a history that was brought in, not by a record."""
        return self.partition(row.lane) == IMPORTED

    def expired(self, partition: int, offset: int) -> bool:
        """Whether Kafka's retention has passed an offset."""
        return offset < self._begin.get(partition, 0)

    def given_up(self, partition: int, offset: int) -> bool:
        """Whether an offset was passed by decision, without reading it."""
        ranges = self._lost.get(partition, [])
        index = bisect_right(ranges, (offset, 1 << 62)) - 1
        return index >= 0 and ranges[index][0] <= offset < ranges[index][1]

    def lost(self, partition: int, begin: int, end: int) -> int:
        """How many offsets from `begin` up to, not including, `end` were given up."""
        ranges = self._lost.get(partition, [])
        return sum(max(0, min(end, last) - max(begin, first)) for first, last in ranges)
