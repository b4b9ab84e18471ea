"""Back-pressure counts what is under way, and forgets what a seek has discarded."""

import pytest
from faust.types import TP

from engine.handlers.batch import Batch
from engine.stream.fetched import Fetched
from engine.stream.room import Room

HERE, THERE = TP("t", 0), TP("t", 1)


@pytest.fixture
def epochs() -> dict[TP, int]:
    return {HERE: 1, THERE: 2}


@pytest.fixture
def room(epochs: dict[TP, int]) -> Room:
    return Room(100, epochs.get)


def _fetched(epoch: int, size: int) -> Fetched:
    return Fetched(Batch("t", 0, 0, 1, []), epoch, size)


def test_there_is_room_until_more_is_under_way_than_allowed(room: Room) -> None:
    room.enter(HERE, _fetched(1, 60))
    assert room.free()
    room.enter(THERE, _fetched(2, 60))
    assert not room.free()


def test_what_is_done_makes_room(room: Room) -> None:
    first, second = _fetched(1, 60), _fetched(1, 60)
    room.enter(HERE, first)
    room.enter(HERE, second)
    room.leave(HERE, first)
    assert room.free()
    assert room.holds(HERE)
    room.leave(HERE, second)
    assert not room.holds(HERE)


def test_a_seek_of_one_partition_makes_room_of_what_it_discards(
    room: Room, epochs: dict[TP, int]
) -> None:
    room.enter(HERE, _fetched(1, 101))
    room.enter(THERE, _fetched(2, 50))

    epochs[HERE] = 3

    assert room.free()
    assert not room.holds(HERE)
    assert room.holds(THERE)


def test_a_discarded_batch_that_is_done_later_takes_nothing_from_its_successor(
    room: Room, epochs: dict[TP, int]
) -> None:
    old, new = _fetched(1, 101), _fetched(3, 101)
    room.enter(HERE, old)
    epochs[HERE] = 3
    room.enter(HERE, new)
    room.leave(HERE, old)
    assert not room.free()
