"""The ledger: every accepted fact and retraction, append-only; the event store of record."""

from collections.abc import Iterable, Iterator, Mapping, Set

import msgspec

from engine.fact import Fact, Place
from engine.intake.content import decode
from engine.intake.identity import Key, place_hash
from engine.store.database import Transaction

# To look for more names than this costs more than to read facts that name none (measured, in a
# place of 100,000 facts: 70 ms for one name, 500 for 20; to read and decode all, 1,500).
_NAMES_AT_MOST = 32


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


def about(tx: Transaction, wanted: Mapping[Place, Set[str]]) -> Iterator[Fact]:
    """The unretracted facts that stand at each place and name one of its people, place by place.

    Facts that name none of them may be among them, so that few names are looked for where the
    facts are, and many by whoever asks.
    """
    places = {place_hash(place): place for place in wanted}
    pairs = [(number, name) for number, place in places.items() for name in sorted(wanted[place])]
    few = pairs if len(pairs) <= _NAMES_AT_MOST else []
    rows = tx.rows(
        "SELECT place, fact, content FROM ledger l WHERE place = ANY (%b::bigint[]) "
        "AND (%s OR fact & 1 = 1 OR EXISTS (SELECT FROM unnest(%b::bigint[], %b::text[]) n "
        "(place, name) WHERE n.place = l.place AND strpos(l.content, n.name) > 0)) "
        "ORDER BY place, fact DESC",
        sorted(places), not few,
        [number for number, _ in few], [_quoted(name) for _, name in few],
    )  # fmt: skip
    for fact in _standing(rows):
        if fact.place in wanted:  # another place may have the same hash
            yield fact


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


def _quoted(name: str) -> str:
    """A name as it stands in a content."""
    return msgspec.json.encode(name).decode()


def _columns(keys: list[Key]) -> tuple[list[int], list[int]]:
    return [key.place for key in keys], [key.fact for key in keys]
