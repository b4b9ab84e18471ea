"""The watchdog notices what was resumed, however soon it was halted before, and what stalls."""

import asyncio
from collections.abc import Mapping
from typing import cast

import pytest

from engine.store.cursors.cursors import Cursor
from engine.store.cursors.halt import Halt, HaltKind
from engine.stream.offsets.positions import Positions
from engine.stream.offsets.topics import BrokerUnreachable
from engine.stream.watchdog import Stalled, Watchdog

HALT = Halt(HaltKind.REFUSAL_LIMIT, "flood: too many")


class FixedPositions:
    """Cursors as a test sets them."""

    topic = "activity"

    def __init__(self) -> None:
        self.halted: Halt | None = HALT
        self.away = False

    def check_topic(self) -> set[int]:
        """The broker answers, or does not."""
        if self.away:
            raise BrokerUnreachable("no answer")
        return set()

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


def _impatient(positions: FixedPositions, *ends: Mapping[int, int] | None) -> None:
    """Look once for each of the ends, with no patience at all."""
    said = iter(ends)
    watchdog = Watchdog(cast(Positions, positions), lambda: next(said), patience_seconds=-1.0)
    for _ in ends:
        asyncio.run(watchdog.look())


def _running() -> FixedPositions:
    positions = FixedPositions()
    positions.halted = None
    return positions


def test_a_partition_that_does_not_move_stalls() -> None:
    with pytest.raises(Stalled, match="partition 3 has been at 10"):
        _impatient(_running(), {3: 12}, {3: 12})
    _impatient(_running(), {3: 10}, {3: 10})  # nothing is left to be read


def test_a_client_that_never_knows_the_ends_stalls() -> None:
    """Given a rebalance that does not end, or a partition that was never fetched, when it takes
    too long although the broker answers, then the worker does not wait for ever."""
    with pytest.raises(Stalled, match="has not known"):
        _impatient(_running(), None, None)
    _impatient(_running(), None, {3: 10}, None)


def test_a_broker_that_is_away_is_waited_for() -> None:
    positions = _running()
    positions.away = True
    _impatient(positions, None, None, None, None)
