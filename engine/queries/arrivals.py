"""What of a person arrived after some point: facts with where they stand in the ledger, and how far
each partition had been read at the moment of a snapshot."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.queries.snapshot import Snapshot
from engine.store.cursors import cursors
from engine.store.facts import arrivals
from engine.store.facts.arrivals import ArrivedFact


class ReadUntil(NamedTuple):
    """How far a partition of a topic was read: `next_offset` is the first one that was not; in the
    ledger its facts have the number `lane`. Partitions below 0 are what the engine numbers by
    itself: redriven records, history that was brought in."""

    topic: str
    partition: int
    lane: int
    next_offset: int


def read_until(snapshot: Snapshot) -> list[ReadUntil]:
    """Every partition that was ever read, by topic and number."""
    return [
        ReadUntil(cursor.topic, cursor.partition, cursor.lane, cursor.next_offset)
        for cursor in cursors.every(snapshot.tx)
    ]


def of_person(
    snapshot: Snapshot, program: str, participant: str, loops: Iterable[str] = ()
) -> list[ArrivedFact]:
    """The facts of a program that name a person, retracted ones among them, with their arrivals;
    some others too. `loops`: where to look besides the loops that they take part in, which are
    those where a fact that counts names them.

    Raises:
        CatalogAltered
    """
    number = snapshot.generation_for(program).id
    return list(arrivals.naming(snapshot.tx, number, program, participant, loops))
