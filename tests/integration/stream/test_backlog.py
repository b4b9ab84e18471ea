"""Back-pressure counts what is under way, and forgets what a seek has discarded; what waits is
gathered into batches."""

import pytest
from faust.types import TP

from engine.handlers.batch import Batch, Record
from engine.stream.fetch.backlog import Backlog
from engine.stream.fetch.fetch_limits import TRANSACTION_BYTES
from engine.stream.fetch.fetched import Fetched

HERE, THERE = TP("t", 0), TP("t", 1)


@pytest.fixture
def epochs() -> dict[TP, int]:
    return {HERE: 1, THERE: 2}


@pytest.fixture
def room(epochs: dict[TP, int]) -> Backlog:
    return Backlog(100, 3, epochs.get)


def _fetched(epoch: int, size: int, tp: TP = HERE, at: int = 0) -> Fetched:
    records = [Record(at, b"key", b"value")]
    return Fetched(Batch(tp.topic, tp.partition, at, at + 1, records), epoch, size)


def test_there_is_room_until_more_is_under_way_than_allowed(room: Backlog) -> None:
    room.enter(_fetched(1, 60))
    assert room.free()
    room.enter(_fetched(2, 60, THERE))
    assert not room.free()


def test_what_is_done_makes_room(room: Backlog) -> None:
    first, second = _fetched(1, 60), _fetched(1, 60)
    room.enter(first)
    room.enter(second)
    room.leave(first)
    assert room.free()
    assert room.holds(HERE)
    room.leave(second)
    assert not room.holds(HERE)


def test_a_seek_of_one_partition_makes_room_of_what_it_discards(
    room: Backlog, epochs: dict[TP, int]
) -> None:
    room.enter(_fetched(1, 101))
    room.enter(_fetched(2, 50, THERE))

    epochs[HERE] = 3

    assert room.free()
    assert not room.holds(HERE)
    assert room.holds(THERE)


def test_a_discarded_batch_that_is_done_later_takes_nothing_from_its_successor(
    room: Backlog, epochs: dict[TP, int]
) -> None:
    old, new = _fetched(1, 101), _fetched(3, 101)
    room.enter(old)
    epochs[HERE] = 3
    room.enter(new)
    room.leave(old)
    assert not room.free()


def test_what_has_come_of_a_partition_by_the_time_its_turn_comes_is_one_batch(
    room: Backlog,
) -> None:
    """Given a partition of which single records were fetched, when the worker comes to the first,
    then all of them are one batch, and none is taken twice."""
    first, second, third = (_fetched(1, 10, at=at) for at in range(3))
    for fetched in (first, second, third):
        room.enter(fetched)

    (gathered,) = room.gather(first)

    assert (gathered.batch.start, gathered.batch.end) == (0, 3)
    assert [record.offset for record in gathered.batch.records] == [0, 1, 2]
    assert gathered.epoch == 1
    assert room.gather(second) == []
    assert room.gather(third) == []


def test_what_has_come_of_other_partitions_is_taken_in_with_it(room: Backlog) -> None:
    """Given records of two partitions, when the worker comes to the first, then both partitions
    are gathered, a batch each, that of the first foremost."""
    first, other, second = _fetched(1, 10), _fetched(2, 10, THERE, at=7), _fetched(1, 10, at=1)
    for fetched in (first, other, second):
        room.enter(fetched)

    here, there = room.gather(first)

    assert (here.partition, here.batch.start, here.batch.end) == (HERE, 0, 2)
    assert there is other
    assert room.gather(other) == []


def test_another_partition_waits_if_there_is_no_space_for_it(room: Backlog) -> None:
    parts = [_fetched(1, 1, at=at) for at in range(2)]
    others = [_fetched(2, 1, THERE, at=at) for at in range(2)]
    for fetched in (*parts, *others):
        room.enter(fetched)

    here, there = room.gather(parts[0])

    assert (here.batch.end, there.batch.end) == (2, 1)  # three records, and no more
    assert room.gather(others[0]) == []
    assert room.gather(others[1]) == [others[1]]


def test_what_a_seek_discarded_of_another_partition_is_not_taken_in(
    room: Backlog, epochs: dict[TP, int]
) -> None:
    first, other = _fetched(1, 1), _fetched(2, 1, THERE)
    room.enter(first)
    room.enter(other)
    epochs[THERE] = 3
    assert room.gather(first) == [first]


def test_what_is_gathered_takes_the_room_of_its_parts_until_it_is_done(room: Backlog) -> None:
    parts = [_fetched(1, 40, at=at) for at in range(3)]
    for fetched in parts:
        room.enter(fetched)
    (gathered,) = room.gather(parts[0])
    assert not room.free()
    assert room.holds(HERE)
    room.leave(gathered)
    assert room.free()
    assert not room.holds(HERE)


def test_a_batch_holds_no_more_records_than_allowed(room: Backlog) -> None:
    parts = [_fetched(1, 1, at=at) for at in range(5)]
    for fetched in parts:
        room.enter(fetched)
    (first,), (second,) = room.gather(parts[0]), room.gather(parts[3])
    assert (first.batch.end, second.batch.start, second.batch.end) == (3, 3, 5)


def test_a_batch_takes_no_more_bytes_than_a_transaction_may(room: Backlog) -> None:
    half, whole = (_fetched(1, TRANSACTION_BYTES // 2 + n, at=n) for n in range(2))
    room.enter(half)
    room.enter(whole)
    assert room.gather(half) == [half]
    assert room.gather(whole) == [whole]


def test_what_a_seek_discarded_is_not_gathered(room: Backlog, epochs: dict[TP, int]) -> None:
    old, new = _fetched(1, 1), _fetched(3, 1)
    room.enter(old)
    epochs[HERE] = 3
    room.enter(new)
    assert room.gather(new) == [new]


def test_what_is_not_wanted_leaves_without_being_gathered(room: Backlog) -> None:
    fetched = _fetched(1, 101)
    room.enter(fetched)
    room.leave(fetched)
    assert room.free()
    assert room.gather(fetched) == []
