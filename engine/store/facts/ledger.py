"""The ledger: every accepted fact and retraction, append-only; the event store of record."""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

import msgspec

from engine.fact import Fact, Place
from engine.intake.content import decode
from engine.intake.keys import Key, place_hash
from engine.store.postgres.connection import Transaction

# To look for more names than this costs more than to read facts that name none (measured, in a
# place of 100,000 facts: 70 ms for one name, 500 for 20; to read and decode all, 1,500).
_NAMES_AT_MOST = 32


class LedgerEntry(NamedTuple):
    """A row: the hashes of place and fact, lane and offset of the record, content."""

    place: int
    fact: int
    lane: int
    offset: int
    content: str


def find(tx: Transaction, keys: Iterable[Key]) -> dict[Key, str]:
    """Of these facts and their retractions, what the ledger has: content by key.

    `keys` are facts' keys; asking for a fact asks for its retraction too, which is next to it.
    """
    places, facts = _columns(sorted(set(keys)))
    rows = tx.rows(
        "SELECT l.place, l.fact, l.content FROM unnest(%b::bigint[], %b::bigint[]) k (place, fact) "
        "JOIN ledger l ON l.place = k.place AND l.fact >= k.fact AND l.fact <= (k.fact | 1)",
        places, facts,
    )  # fmt: skip
    return {Key(place, fact): content for place, fact, content in rows}


def append(tx: Transaction, entries: Iterable[LedgerEntry]) -> None:
    """Append entries. A key that is there already is a unique violation."""
    tx.copy(
        "ledger",
        ("place", "fact", "lane", "offset", "content"),
        ("int8", "int8", "int4", "int8", "text"),
        sorted(entries),
    )


def about(tx: Transaction, wanted: Mapping[Place, Set[str]]) -> Iterator[Fact]:
    """The unretracted facts that stand at each place and name one of its people, place by place.

    Facts that name none of them may be among them, so that few names are looked for where the
    facts are, and many by the caller.
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
        [number for number, _ in few], [quoted(name) for _, name in few],
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


def standing(entries: Iterable[LedgerEntry]) -> Iterator[Fact]:
    """The unretracted facts of entries that come as `between` gives them."""
    return _standing((entry.place, entry.fact, entry.content) for entry in entries)


def retracted(entries: Iterable[LedgerEntry]) -> Iterator[Fact]:
    """The retracted facts of entries that come as `between` gives them."""
    gone: tuple[int, int] | None = None
    for entry in entries:
        if entry.fact & 1:
            gone = (entry.place, entry.fact - 1)
        elif gone == (entry.place, entry.fact):
            fact = decode(entry.content)
            assert isinstance(fact, Fact)
            yield fact


def between(tx: Transaction, low: int, high: int) -> list[LedgerEntry]:
    """Everything at the places whose hashes lie in a range (both ends in it), place by place; a
    retraction comes just before its fact."""
    rows = tx.rows(f"{_ENTRIES} WHERE place BETWEEN %s AND %s {_PLACE_BY_PLACE}", low, high)
    return list(map(LedgerEntry._make, rows))


def at(tx: Transaction, places: Iterable[int]) -> list[LedgerEntry]:
    """The same, at the places with these hashes."""
    wanted = sorted(places)
    rows = tx.rows(f"{_ENTRIES} WHERE place = ANY (%b::bigint[]) {_PLACE_BY_PLACE}", wanted)
    return list(map(LedgerEntry._make, rows))


def places_since(tx: Transaction, cut: Mapping[int, int]) -> set[int]:
    """The hashes of the places that have a row at or behind these offsets, by lane."""
    lanes = sorted(cut)
    rows = tx.rows(
        "SELECT DISTINCT l.place FROM unnest(%s::int[], %s::bigint[]) c (lane, cut) "
        'JOIN ledger l ON l.lane = c.lane AND l."offset" >= c.cut',
        lanes, [cut[lane] for lane in lanes],
    )  # fmt: skip
    return {place for (place,) in rows}


def places_naming(tx: Transaction, program: str, names: Iterable[str]) -> set[int]:
    """The hashes of the places in a program where a fact names one of these people, and perhaps of
    some others. Reads all of the ledger: the longer, the more names there are."""
    rows = tx.rows(
        "SELECT DISTINCT place FROM ledger WHERE fact & 1 = 0 AND strpos(content, %s) > 0 "
        "AND EXISTS (SELECT FROM unnest(%b::text[]) n WHERE strpos(content, n) > 0)",
        quoted(program), sorted(map(quoted, names)),
    )  # fmt: skip
    return {place for (place,) in rows}


def size(tx: Transaction, before: Mapping[int, int] | None = None) -> int:
    """How many rows there are, in all or before these offsets, by lane."""
    if before is None:
        row = tx.one("SELECT count(*) FROM ledger")
    else:
        lanes = sorted(before)
        row = tx.one(
            "SELECT count(*) FROM unnest(%s::int[], %s::bigint[]) c (lane, cut) "
            'JOIN ledger l ON l.lane = c.lane AND l."offset" < c.cut',
            lanes, [before[lane] for lane in lanes],
        )  # fmt: skip
    assert row is not None
    return int(row[0])


_ENTRIES = 'SELECT place, fact, lane, "offset", content FROM ledger'
_PLACE_BY_PLACE = "ORDER BY place, fact DESC"


def _standing(rows: Iterable[tuple[int, int, str]]) -> Iterator[Fact]:
    """Facts of rows in descending order: a retraction comes just before its fact."""
    retracted: tuple[int, int] | None = None
    for place, number, content in rows:
        if number & 1:
            retracted = (place, number - 1)
        elif retracted != (place, number):
            fact = decode(content)
            assert isinstance(fact, Fact)
            yield fact


def quoted(name: str) -> str:
    """A name as it stands in a content, or in a state."""
    return msgspec.json.encode(name).decode()


def _columns(keys: list[Key]) -> tuple[list[int], list[int]]:
    return [key.place for key in keys], [key.fact for key in keys]
