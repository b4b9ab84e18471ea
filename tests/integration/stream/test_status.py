"""A status is drained when nothing is left that can be done without a decision."""

from datetime import UTC, datetime

import pytest

from engine.queries.status import BehindOpenTransaction, PartitionStatus, Status
from engine.store.awards.outbox import Waiting
from engine.store.cursors.cursors import Counts
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.hash_chain import ChainHead

HALTED = Halt(HaltKind.BUG, "bug: so it is")
BEHIND = BehindOpenTransaction(4, datetime(2026, 3, 1, tzinfo=UTC), 5)


def _status(*partitions: PartitionStatus, unpublished: int = 0) -> Status:
    waiting = {"awards": Waiting(unpublished, 1.0), "dead-letters": Waiting(0, 0.0)}
    return Status(("t",), partitions, Counts(), 0, 0, {}, waiting, ChainHead())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "lag", "drained"),
    [
        (_status(), 0, True),
        (_status(PartitionStatus("t", 0, 9, 9), PartitionStatus("t", 1, 3, 3)), 0, True),
        (_status(PartitionStatus("t", 0, 5, 9), PartitionStatus("t", 1, 3, 4)), 5, False),
        (_status(PartitionStatus("t", 0, 5, 9, HALTED), PartitionStatus("t", 1, 3, 3)), 4, True),
        (_status(PartitionStatus("t", 0, 5, 9, None, BEHIND)), 4, False),
        (_status(PartitionStatus("t", 0, 9, 9), unpublished=1), 0, False),
        (_status(PartitionStatus("t", 0, 9, 7)), 0, True),  # the ends were read before the cursor
    ],
)
def test_what_is_left_to_do(status: Status, lag: int, drained: bool) -> None:
    assert (status.lag, status.drained) == (lag, drained)


def test_the_halted_partitions_are_named_with_why() -> None:
    stopped = PartitionStatus("t", 1, 3, 4, HALTED)
    assert _status(PartitionStatus("t", 0, 5, 9), stopped).halted == ((stopped, HALTED),)
