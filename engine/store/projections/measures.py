"""The measures of a generation: one row per place, changed only if nobody else changed it.

A row is read without a lock, before anything else of its place, and written under the version that
was read; if the version has moved, the batch is done again. So every transaction that adds a fact
or a retraction to a place, or changes an award there, moves its version, even if the state stays.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter

import msgspec

from engine.catalog.model import Catalog
from engine.fact import Place
from engine.intake.keys import place_hash
from engine.projections.state import State, dump, load
from engine.store.facts.ledger import quoted
from engine.store.postgres import connection
from engine.store.postgres.connection import Transaction
from engine.store.projections import tables


class VersionMoved(Exception):
    """Somebody changed a place between our reading and our writing: do the batch again."""


class HashCollision(Exception):
    """Two different names have the same 64-bit hash. Never seen; nothing was written."""


class PlaceRow(msgspec.Struct, frozen=True, gc=False):
    """What a generation knows of a place, whose hash is `number`. `version` 0: nothing yet."""

    place: Place
    number: int
    version: int
    state: State


def read(
    tx: Transaction, catalog: Catalog, generation: int, places: Iterable[Place]
) -> dict[Place, PlaceRow]:
    """The rows of these places; one of version 0 for a place not known.

    Raises:
        HashCollision: two places, of these or of the rows, have the same hash.
    """
    numbers = {place: place_hash(place) for place in places}
    wanted = {number: place for place, number in numbers.items()}
    for place, number in numbers.items() if len(wanted) < len(numbers) else ():
        _check_same(place, wanted[number])
    known = {row.number: row for row in by_hash(tx, catalog, generation, wanted)}
    for number, row in known.items():
        _check_same(wanted[number], row.place)
    return {place: known.get(n) or PlaceRow(place, n, 0, {}) for place, n in numbers.items()}


def by_hash(
    tx: Transaction, catalog: Catalog, generation: int, hashes: Iterable[int]
) -> Iterator[PlaceRow]:
    """The rows with these place hashes."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} "
        f"FROM {tables.of('measures', generation)} WHERE place = ANY (%b::bigint[])",
        sorted(hashes),
    )
    return (_row(catalog, row) for row in rows)


def naming(
    tx: Transaction, catalog: Catalog, generation: int, program: str, names: Iterable[str]
) -> Iterator[PlaceRow]:
    """The rows of a program that have something for one of these people, whether or not they take
    part there; perhaps some others too."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM {tables.of('measures', generation)} WHERE program = %s "
        "AND EXISTS (SELECT FROM unnest(%b::text[]) n WHERE strpos(state, n) > 0)",
        program, sorted(map(quoted, names)),
    )  # fmt: skip
    return (_row(catalog, row) for row in rows)


def of_program(
    tx: Transaction,
    catalog: Catalog,
    generation: int,
    program: str,
    loop: str | None = None,
) -> Iterator[PlaceRow]:
    """The rows of a program's places by name, or of one of its loops."""
    rows = tx.stream(
        f"SELECT {_COLUMNS} FROM measures "
        "WHERE generation = %s AND program = %s AND (%s::text IS NULL OR loop = %s) "
        "ORDER BY loop, participant",
        generation, program, loop, loop,
    )  # fmt: skip
    return (_row(catalog, row) for row in rows)


def write(tx: Transaction, generation: int, rows: Iterable[PlaceRow]) -> None:
    """Write states; each row carries the version that was read.

    Raises:
        VersionMoved: some row is not at that version any more.
        psycopg.errors.UniqueViolation: a place that was not known is known now.
    """
    ordered = sorted(rows, key=attrgetter("number"))
    known = [row for row in ordered if row.version]
    if known:
        changed = tx.execute(
            f"UPDATE {tables.of('measures', generation)} m "
            "SET state = k.state, version = m.version + 1 "
            "FROM unnest(%b::bigint[], %b::bigint[], %b::text[]) k (place, version, state) "
            "WHERE m.place = k.place AND m.version = k.version",
            [row.number for row in known],
            [row.version for row in known],
            [dump(row.state) for row in known],
        )
        if changed != len(known):
            raise VersionMoved
    new = [row for row in ordered if not row.version]
    if new:
        tx.copy(
            tables.of("measures", generation),
            ("generation", "place", "program", "loop", "participant", "state"),
            ("int4", "int8", "text", "text", "text", "text"),
            ((generation, row.number, *row.place, dump(row.state)) for row in new),
        )


_COLUMNS = "place, program, loop, participant, version, state"


def _row(catalog: Catalog, row: connection.Row) -> PlaceRow:
    number, program, loop, participant, version, state = row
    return PlaceRow(Place(program, loop, participant), number, version, load(catalog, state))


def _check_same(one: Place, other: Place) -> None:
    if one != other:
        raise HashCollision(f"{one} and {other} have the same hash")
