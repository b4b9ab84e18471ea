"""The awards that hold in a generation that is being built, as its facts justify them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.projections.award import Award
from engine.store.awards import awards
from engine.store.awards.awards import AWARD_COLUMNS, AWARD_TYPES
from engine.store.postgres.connection import Transaction
from engine.store.projections import tables


class Owned(NamedTuple):
    """An award, and by whose facts it holds: a place's or, in the program, a person's, by hash."""

    award: Award
    owner: int
    of_person: bool


def write(tx: Transaction, generation: int, rows: Iterable[Owned]) -> None:
    """Add awards."""
    tx.copy(
        tables.of("computed", generation),
        ("generation", *AWARD_COLUMNS, "owner", "of_person"),
        ("int4", *AWARD_TYPES, "int8", "bool"),
        ((generation, *awards.values(row.award), row.owner, row.of_person) for row in rows),
    )


def forget(tx: Transaction, generation: int, owners: Iterable[int], *, of_person: bool) -> None:
    """Drop what holds by these places, or people."""
    tx.execute(
        f"DELETE FROM {tables.of('computed', generation)} "
        "WHERE owner = ANY (%b::bigint[]) AND of_person = %s",
        sorted(owners), of_person,
    )  # fmt: skip


def of(
    tx: Transaction, generation: int, places: Iterable[int], people: Iterable[int]
) -> Iterator[Owned]:
    """What holds by these places, or people (by hash)."""
    rows = tx.stream(
        f"SELECT {awards.selected('c', AWARD_COLUMNS)}, c.owner, c.of_person "
        f"FROM {tables.of('computed', generation)} c "
        "WHERE c.owner = ANY (%b::bigint[]) AND NOT c.of_person "
        "OR c.owner = ANY (%b::bigint[]) AND c.of_person",
        sorted(places), sorted(people),
    )  # fmt: skip
    size = len(AWARD_COLUMNS)
    return (Owned(awards.award(row[:size]), row[size], row[size + 1]) for row in rows)


def every(tx: Transaction, generation: int) -> Iterator[Award]:
    """All of them by id."""
    rows = tx.stream(
        f"SELECT {awards.selected('c', AWARD_COLUMNS)} "
        f"FROM {tables.of('computed', generation)} c ORDER BY c.award_id"
    )
    return (awards.award(row) for row in rows)
