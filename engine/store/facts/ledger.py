"""The ledger: every accepted fact and retraction, append-only; the event store of record."""

from collections.abc import Iterable, Iterator

from engine.fact import Fact, Place
from engine.intake.content import decode
from engine.intake.identity import Key, place_hash
from engine.store.database import Transaction


def find(tx: Transaction, keys: Iterable[Key]) -> dict[Key, str]:
    """Of these facts and their retractions, what the ledger has: content by key.

    `keys` are facts' keys; asking for a fact asks for its retraction too, which stands beside it.
    """
    places, facts = _columns(sorted(set(keys)))
    rows = tx.rows(
        "SELECT l.place, l.fact, l.content FROM unnest(%b::bigint[], %b::bigint[]) k (place, fact) "
        "JOIN ledger l ON l.place = k.place AND l.fact >= k.fact AND l.fact <= (k.fact | 1)",
        places, facts,
    )  # fmt: skip
    return {Key(place, fact): content for place, fact, content in rows}


def append(tx: Transaction, rows: Iterable[tuple[Key, int, int, str]]) -> None:
    """Append (key, lane, offset, content). A key that is there already is a unique violation."""
    tx.copy(
        "ledger",
        ("place", "fact", "lane", "offset", "content"),
        ("int8", "int8", "int4", "int8", "text"),
        ((*key, lane, offset, content) for key, lane, offset, content in sorted(rows)),
    )


def of_places(tx: Transaction, places: Iterable[Place]) -> dict[Place, list[Fact]]:
    """The unretracted facts that stand at each place, in no order."""
    wanted = {place_hash(place): place for place in places}
    rows = tx.rows(
        "SELECT place, fact, content FROM ledger WHERE place = ANY (%b::bigint[]) "
        "ORDER BY place, fact DESC",
        sorted(wanted),
    )
    found: dict[Place, list[Fact]] = {place: [] for place in wanted.values()}
    for fact in _standing(rows):
        if fact.place in found:  # another place may have the same hash
            found[fact.place].append(fact)
    return found


def every(tx: Transaction, program: str | None = None) -> Iterator[Fact]:
    """All unretracted facts, or those of one program, place by place."""
    rows = tx.stream("SELECT place, fact, content FROM ledger ORDER BY place, fact DESC")
    for fact in _standing(rows):
        if program is None or fact.place.program == program:
            yield fact


def _standing(rows: Iterable[tuple[int, int, str]]) -> Iterator[Fact]:
    """Facts of rows in descending order: a retraction comes just before its fact."""
    retracted: tuple[int, int] | None = None
    for place, number, content in rows:
        if number & 1:
            retracted = (place, number - 1)
        elif retracted != (place, number):
            told = decode(content)
            assert isinstance(told, Fact)
            yield told


def _columns(keys: list[Key]) -> tuple[list[int], list[int]]:
    return [key.place for key in keys], [key.fact for key in keys]
