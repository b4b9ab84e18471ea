"""The facts that name one person, and those of a whole program."""

from collections.abc import Iterator

from engine.fact import Fact
from engine.intake.content import decode
from engine.intake.keys import person_hash
from engine.store.facts.ledger import quoted
from engine.store.postgres.connection import Transaction
from engine.store.projections import tables


def naming(tx: Transaction, generation: int, program: str, participant: str) -> Iterator[Fact]:
    """The unretracted facts at the places where somebody takes part, and at their own, that name
    them; perhaps some others too, of the program all the same."""
    number = person_hash(program, participant)
    rows = tx.rows(
        _NAMING.format(tables.of("participation", generation)), number, number, quoted(participant)
    )
    for fact, _ in _unretracted(iter(rows)):
        if fact.place.program == program:  # another place may have the same hash
            yield fact


# A retraction is next to its fact, and may name somebody else.
_NAMING = """
SELECT l.place, l.fact, l.content FROM (
    SELECT place FROM {} WHERE person = %s UNION SELECT %s::bigint
) p JOIN ledger l ON l.place = p.place
WHERE l.fact & 1 = 1 OR strpos(l.content, %s) > 0
ORDER BY l.place, l.fact DESC
"""


def of_program(tx: Transaction, program: str) -> Iterator[tuple[Fact, str]]:
    """The unretracted facts of a program with their contents, place by place. Reads all of the
    ledger."""
    rows = tx.stream(
        "SELECT place, fact, content FROM ledger WHERE strpos(content, %s) > 0 "
        "ORDER BY place, fact DESC",
        f'"program_id":{quoted(program)}',
    )
    for fact, content in _unretracted(rows):
        if fact.place.program == program:
            yield fact, content


def _unretracted(rows: Iterator[tuple[int, int, str]]) -> Iterator[tuple[Fact, str]]:
    """The facts of rows in descending order that no retraction comes before."""
    retracted: tuple[int, int] | None = None
    for place, number, content in rows:
        if number & 1:
            retracted = (place, number - 1)
        elif retracted != (place, number):
            fact = decode(content)
            assert isinstance(fact, Fact)
            yield fact, content
