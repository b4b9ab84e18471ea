"""Batches of several partitions in one transaction come to what each by itself comes to."""

from random import Random

import pytest

from engine.handlers.batch import Batch
from engine.store.cursors.cursors import CursorMoved
from tests.integration.handlers.harness import Harness
from tests.support.given import MEETING, meeting, retracted
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer


def _together(harness: Harness, *batches: Batch) -> None:
    """Take batches in by a worker's way, in one transaction."""
    assert harness.taking().process_together(batches) is not None


def test_a_fact_told_on_two_partitions_at_once_counts_once(harness: Harness) -> None:
    """Given the same meetings on two partitions, when both are taken in together, then one of
    each is a duplicate."""
    told = [meeting(f"m{n}", "ann", at=n) for n in range(1, 6)]

    _together(harness, harness.batch(*told), harness.batch(*told, partition=1))

    counts = [harness.cursors()[number].counts for number in range(2)]
    assert [(c.applied, c.duplicates) for c in counts] == [(5, 0), (0, 5)]
    assert len(harness.hear()) == len(harness.standing()) == 1


@pytest.mark.parametrize("fact_first", [True, False])
def test_a_fact_and_its_retraction_on_two_partitions_at_once(
    harness: Harness, fact_first: bool
) -> None:
    """Given five meetings and the retraction of one on another partition, whichever comes first,
    then four count, and nobody hears of bronze."""
    told = harness.batch(*(meeting(f"m{n}", "ann", at=n) for n in range(1, 6)))
    taken_back = harness.batch(retracted(MEETING, "m3"), partition=1)

    _together(harness, *((told, taken_back) if fact_first else (taken_back, told)))

    assert harness.held("ann") == set()
    assert sum(c.counts.unmet_retractions for c in harness.cursors().values()) == 0
    assert harness.hear() == []


def test_if_one_is_not_ours_nothing_is_taken_in(harness: Harness) -> None:
    """Given a batch that somebody else has taken in meanwhile, when it is taken in together with
    another, then nothing is; by itself the other one is."""
    first, other = (
        harness.batch(meeting("m1", "ann")),
        harness.batch(meeting("m2", "bob"), partition=1),
    )
    harness.taking().process(first)

    assert harness.taking().process_together([first, other]) is None

    assert harness.cursors()[1].next_offset == 0
    with pytest.raises(CursorMoved):
        harness.taking().process(first)
    harness.taking().process(other)
    assert harness.cursors()[1].next_offset == 1


def test_a_flood_stops_its_partition_alone(harness: Harness) -> None:
    """Given a partition of which nothing can be read, and a good one, when both are taken in
    together, then the first is stopped, and the second is not."""
    flood, good = harness.batch(*[b"?"] * 600), harness.batch(meeting("m1", "ann"), partition=1)

    done = harness.taking().process_together([flood, good])

    assert done is not None
    assert [one.halted is not None for one in done] == [True, False]
    cursors = harness.cursors()
    assert (cursors[0].next_offset, cursors[1].next_offset) == (500, 1)
    assert cursors[1].counts.applied == 1


@pytest.mark.parametrize("seed", range(4))
def test_any_history_comes_to_the_same(harness: Harness, seed: int) -> None:
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
                batches.append(harness.batch(*left[:size], partition=partition))
                del left[:size]
        if batches:
            _together(harness, *batches)

    assert set(harness.standing()) == {award["award_id"] for award in answer(events, NOW).awards}
