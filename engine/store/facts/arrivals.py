"""The facts that name a person together with where their records arrived, retracted ones too: for
saying what came after something was decided."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.fact import Fact, Place, Retraction
from engine.intake.content import decode
from engine.intake.keys import person_hash, place_hash
from engine.store.facts.ledger import quoted
from engine.store.postgres.connection import Transaction
from engine.store.projections import tables


class Arrival(NamedTuple):
    """Where a record arrived: a lane of the ledger, and the offset in it."""

    lane: int
    offset: int


class ArrivedFact(NamedTuple):
    """A fact and its arrival; `retraction` and its own arrival if it was retracted."""

    fact: Fact
    arrival: Arrival
    retraction: tuple[Retraction, Arrival] | None


def naming(
    tx: Transaction, generation: int, program: str, participant: str, loops: Iterable[str] = ()
) -> Iterator[ArrivedFact]:
    """The facts at the places where somebody takes part, and at their own, that name them; perhaps
    some others too, of the program all the same.

    `loops`: others to look at. Whose facts of a loop are all retracted takes part in it no more.
    """
    number = person_hash(program, participant)
    also = sorted({number, *(place_hash(Place(program, loop, None)) for loop in loops)})
    rows = tx.rows(
        _NAMING.format(tables.of("participation", generation)), number, also, quoted(participant)
    )
    last: tuple[int, int] | None = None
    retraction: tuple[Retraction, Arrival] | None = None
    for place, key, lane, offset, content in rows:
        record, arrival = decode(content), Arrival(lane, offset)
        if isinstance(record, Retraction):
            last, retraction = (place, key - 1), (record, arrival)
        elif record.place.program == program:  # another place may have the same hash
            yield ArrivedFact(record, arrival, retraction if last == (place, key) else None)


# A retraction comes just before its fact, and may name somebody else.
_NAMING = """
SELECT l.place, l.fact, l.lane, l."offset", l.content FROM (
    SELECT place FROM {} WHERE person = %s UNION SELECT unnest(%b::bigint[])
) p JOIN ledger l ON l.place = p.place
WHERE l.fact & 1 = 1 OR strpos(l.content, %s) > 0
ORDER BY l.place, l.fact DESC
"""
