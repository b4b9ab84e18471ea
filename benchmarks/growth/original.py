"""What was processed of a crowd, as the tables hold it: what copies are made of."""

from dataclasses import dataclass

from benchmarks.growth.crowd import Crowd
from engine.store.awards import awards
from engine.store.awards.awards import Announced
from engine.store.postgres.connection import Row, Transaction


@dataclass(frozen=True, slots=True)
class Original:
    """The rows of a crowd, under its generation, and the offsets that its lanes have come to."""

    crowd: Crowd
    generation: int
    ends: dict[int, int]
    ledger: list[Row]
    messages: list[Row]
    note_keys: list[Row]
    measures: list[Row]
    people: list[Row]
    participation: list[Row]
    awards: list[Announced]


def read(tx: Transaction, crowd: Crowd) -> Original:
    """All of it, each table as it lies on disk."""
    row = tx.one("SELECT generation FROM default_generation")
    assert row is not None
    (generation,) = row
    return Original(
        crowd,
        generation,
        dict(tx.rows("SELECT lane, next_offset FROM cursors")),
        tx.rows('SELECT place, fact, lane, "offset", content FROM ledger'),
        tx.rows("SELECT place, fact, message, kid FROM messages"),
        tx.rows("SELECT program, participant, kid, public, wrapped FROM note_keys"),
        tx.rows("SELECT place, program, loop, participant, version, state FROM measures"),
        tx.rows("SELECT person, program, participant, state FROM people"),
        tx.rows("SELECT person, place FROM participation"),
        list(awards.standing(tx)),
    )
