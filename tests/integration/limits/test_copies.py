"""Copies of what was taken in, which the growth benchmark stands on, are as the original is."""

from zlib import crc32

import pytest

from benchmarks.growth.copies import multiply
from benchmarks.growth.crowd import Crowd, records
from engine.audit.recompute import recompute
from engine.fact import Fact
from engine.intake.content import decode
from engine.intake.keys import key
from tests.integration.handlers.agreement import check_measures, check_proofs
from tests.integration.handlers.harness import Harness

CROWD = Crowd(loops=20, programs=4)
FACTS = 1_200
COPIES = 3


@pytest.fixture
def copied(harness: Harness) -> Harness:
    """A harness where 20 loops were told of, of which there are three now; 60 facts each."""
    for partition in range(harness.partitions):
        told = [
            value
            for name, value in _records(range(FACTS))
            if _partition(harness, name) == partition
        ]
        harness.tell(*told, partition=partition)
    multiply(harness.url, CROWD, COPIES)
    return harness


def _records(numbers: range) -> list[tuple[bytes, bytes]]:
    return list(records(CROWD, numbers, COPIES if numbers.start else 1))


def _partition(harness: Harness, name: bytes) -> int:
    return crc32(name) % harness.partitions


def test_copies_are_what_their_facts_give(copied: Harness) -> None:
    assert copied.rows("SELECT count(*) FROM ledger") == [(COPIES * FACTS,)]
    check_measures(copied)
    check_proofs(copied)


def test_a_copy_is_told_on_as_the_original_is(copied: Harness) -> None:
    for cursor in copied.cursors().values():
        assert cursor.counts.applied == cursor.next_offset
        copied.rewind(cursor.partition, cursor.next_offset)
    told = [value for _, value in _records(range(FACTS, 2 * FACTS))]
    assert copied.tell(*told).counts.applied == FACTS
    check_measures(copied)
    check_proofs(copied)


def test_copies_stand_where_they_are_looked_for(copied: Harness) -> None:
    for place, number, content in copied.rows("SELECT place, fact, content FROM ledger"):
        fact = decode(content)
        assert isinstance(fact, Fact)
        assert key(fact.place, fact.type, fact.id) == (place, number)


def test_copies_hold_the_awards_that_their_facts_earn(copied: Harness) -> None:
    with copied.transaction() as tx:
        assert list(copied.standing()) == [award.id for award in recompute(tx)]
