"""The facts that name one person, and those of a whole program."""

from collections.abc import Iterable, Iterator

from engine.fact import Fact
from engine.intake.content import decode
from engine.intake.keys import person_hash
from engine.store.facts.ledger import quoted
from engine.store.postgres.connection import Transaction
from engine.store.projections import tables
from events.instants import Instant


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


def of_types(tx: Transaction, program: str, types: Iterable[str]) -> Iterator[Fact]:
    """The unretracted facts of these types of a program, place by place. Reads all of the
    ledger, and decodes what it gives."""
    rows = tx.stream(
        "SELECT place, fact, content FROM ledger WHERE strpos(content, %s) > 0 AND (fact & 1 = 1 "
        f"OR {_TYPE} = ANY (%b::text[])) ORDER BY place, fact DESC",
        f'"program_id":{quoted(program)}', sorted(types),
    )  # fmt: skip
    for fact, _ in _unretracted(rows):
        if fact.place.program == program:
            yield fact


def last_times(
    tx: Transaction, program: str, types: Iterable[str], most: int
) -> dict[str, list[Instant]]:
    """When the latest facts of each of these types of a program were, at most so many; retracted
    ones too: they came. Reads all of the ledger."""
    rows = tx.rows(
        "SELECT kind, array_agg(at ORDER BY at DESC) FROM (SELECT kind, at, row_number() OVER "
        f"(PARTITION BY kind ORDER BY at DESC) AS number FROM (SELECT {_TYPE} AS kind, "
        """substring(content from '"time":"([^"]*)"') AS at FROM ledger """
        "WHERE fact & 1 = 0 AND strpos(content, %s) > 0) f WHERE kind = ANY (%b::text[])) n "
        "WHERE number <= %s GROUP BY kind",
        f'"program_id":{quoted(program)}', sorted(types), most,
    )  # fmt: skip
    return {kind: [Instant(at) for at in times] for kind, times in rows}


# Every quote within a text is escaped, so this is the fact's own type.
_TYPE = """substring(content from '"type":"([^"]*)"')"""


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
