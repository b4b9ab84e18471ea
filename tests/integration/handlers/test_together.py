"""Batches of several partitions in one transaction come to what each by itself comes to."""

from random import Random

import pytest

from engine.handlers.batch import Batch
from engine.store.cursors.cursors import CursorMoved
from tests.integration.handlers.desk import Desk
from tests.support.given import MEETING, meeting, retracted
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer


def _together(desk: Desk, *batches: Batch) -> None:
    """Take batches in by a worker's way, in one transaction."""
    assert desk.taking().process_together(batches) is not None


def test_a_fact_told_on_two_partitions_at_once_counts_once(desk: Desk) -> None:
    """Given the same meetings on two partitions, when both are taken in together, then one of
    each is a duplicate."""
    told = [meeting(f"m{n}", "ann", at=n) for n in range(1, 6)]

    _together(desk, desk.batch(*told), desk.batch(*told, partition=1))

    counts = [desk.cursors()[number].counts for number in range(2)]
    assert [(c.applied, c.duplicates) for c in counts] == [(5, 0), (0, 5)]
    assert len(desk.hear()) == len(desk.standing()) == 1


@pytest.mark.parametrize("fact_first", [True, False])
def test_a_fact_and_its_retraction_on_two_partitions_at_once(desk: Desk, fact_first: bool) -> None:
    """Given five meetings and the retraction of one on another partition, whichever comes first,
    then four count, and nobody hears of bronze."""
    told = desk.batch(*(meeting(f"m{n}", "ann", at=n) for n in range(1, 6)))
    taken_back = desk.batch(retracted(MEETING, "m3"), partition=1)

    _together(desk, *((told, taken_back) if fact_first else (taken_back, told)))

    assert desk.held("ann") == set()
    assert sum(c.counts.unmet_retractions for c in desk.cursors().values()) == 0
    assert desk.hear() == []


def test_if_one_is_not_ours_nothing_is_taken_in(desk: Desk) -> None:
    """Given a batch that somebody else has taken in meanwhile, when it is taken in together with
    another, then nothing is; by itself the other one is."""
    first, other = desk.batch(meeting("m1", "ann")), desk.batch(meeting("m2", "bob"), partition=1)
    desk.taking().take(first)

    assert desk.taking().process_together([first, other]) is None

    assert desk.cursors()[1].next_offset == 0
    with pytest.raises(CursorMoved):
        desk.taking().take(first)
    desk.taking().take(other)
    assert desk.cursors()[1].next_offset == 1


def test_a_flood_stops_its_partition_alone(desk: Desk) -> None:
    """Given a partition of which nothing can be read, and a good one, when both are taken in
    together, then the first is stopped, and the second is not."""
    flood, good = desk.batch(*[b"?"] * 600), desk.batch(meeting("m1", "ann"), partition=1)

    done = desk.taking().process_together([flood, good])

    assert done is not None
    assert [one.halted is not None for one in done] == [True, False]
    cursors = desk.cursors()
    assert (cursors[0].next_offset, cursors[1].next_offset) == (500, 1)
    assert cursors[1].counts.applied == 1


@pytest.mark.parametrize("seed", range(4))
def test_any_history_comes_to_the_same(desk: Desk, seed: int) -> None:
    """Given a history with duplicates, late facts and retractions, dealt out to four partitions,
    when whatever there is of each is taken in together, then awards are the oracle's."""
    random = Random(seed)
    events = history(seed, 300, conflicts=False)
    told: list[list[bytes]] = [[] for _ in range(4)]
    for event in events:
        told[random.randrange(4)].append(event)
    while any(told):
        batches = []
        for partition, left in enumerate(told):
            size = random.choice([1, 5, 40])
            if left and random.random() < 0.8:
                batches.append(desk.batch(*left[:size], partition=partition))
                del left[:size]
        if batches:
            _together(desk, *batches)

    assert set(desk.standing()) == {award["award_id"] for award in answer(events, NOW).awards}
