"""The watchdog notices what was resumed, however soon after it was halted."""

import asyncio
from typing import cast

from engine.store.cursors.cursors import Cursor
from engine.store.cursors.halt import Halt, HaltKind
from engine.stream.offsets.positions import Positions
from engine.stream.watchdog import Watchdog

HALT = Halt(HaltKind.REFUSAL_LIMIT, "flood: too many")


class FixedPositions:
    """Cursors as a test sets them."""

    topic = "activity"

    def __init__(self) -> None:
        self.halted: Halt | None = HALT

    def cursors(self) -> dict[int, Cursor]:
        """One partition."""
        return {3: Cursor("activity", 3, 3, 10, 0, halted=self.halted)}


def _watchdog(positions: FixedPositions) -> Watchdog:
    return Watchdog(cast(Positions, positions), dict)


def test_a_partition_resumed_between_two_looks_is_noticed() -> None:
    positions = FixedPositions()
    watchdog = _watchdog(positions)
    assert asyncio.run(watchdog.look()) == set()
    positions.halted = None
    assert asyncio.run(watchdog.look()) == {3}
    assert asyncio.run(watchdog.look()) == set()


def test_a_partition_resumed_before_the_first_look_is_noticed() -> None:
    """Given a worker that found a partition halted when it began to read, when it is resumed
    before anybody looked, then it is noticed all the same."""
    positions = FixedPositions()
    watchdog = _watchdog(positions)
    watchdog.note_halted({3})
    positions.halted = None
    assert asyncio.run(watchdog.look()) == {3}
    assert asyncio.run(watchdog.look()) == set()
