"""What each place adds to what its people have in the program: kept while a generation is built,
so that a person is put together from their places without reading their facts again."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from engine.intake.keys import person_hash
from engine.projections.cold import Person
from engine.store.postgres.connection import Row, Transaction
from engine.store.projections import tables


class Share(NamedTuple):
    """One person's at one place (by its hash). `state`: their values there, dumped.

    `facts`: contents of those that badges of the program test. `loop_facts`: of those that badges
    of the loop test, where one of these asks for a badge of the program; else None.
    """

    place: int
    person: Person
    loop: str | None
    state: str
    facts: list[str]
    loop_facts: list[str] | None


_COLUMNS = (
    ("generation", "int4"), ("place", "int8"), ("person", "int8"), ("program", "text"),
    ("participant", "text"), ("loop", "text"), ("state", "text"), ("facts", "text"),
    ("loop_facts", "text"),
)  # fmt: skip


def write(tx: Transaction, generation: int, rows: Iterable[Share]) -> None:
    """Add shares."""
    tx.copy(
        tables.of("shares", generation),
        [name for name, _ in _COLUMNS],
        [kind for _, kind in _COLUMNS],
        (
            (
                generation, row.place, person_hash(*row.person), *row.person, row.loop,
                row.state, _text(row.facts),
                None if row.loop_facts is None else _text(row.loop_facts),
            )
            for row in rows
        ),
    )  # fmt: skip


def forget(tx: Transaction, generation: int, places: Iterable[int]) -> set[int]:
    """Drop the shares of places; gives the people (by hash) who had some."""
    rows = tx.rows(
        f"DELETE FROM {tables.of('shares', generation)} WHERE place = ANY (%b::bigint[]) "
        "RETURNING person",
        sorted(places),
    )
    return {person for (person,) in rows}


def between(tx: Transaction, generation: int, low: int, high: int) -> Iterator[Share]:
    """The shares of people whose hashes lie in a range (both ends in it), person by person."""
    return map(
        _share,
        tx.stream(
            f"{_SELECT} FROM {tables.of('shares', generation)} "
            "WHERE person BETWEEN %s AND %s ORDER BY person",
            low, high,
        ),
    )  # fmt: skip


def of(tx: Transaction, generation: int, people: Iterable[int]) -> Iterator[Share]:
    """The shares of these people (by hash), person by person."""
    return map(
        _share,
        tx.rows(
            f"{_SELECT} FROM {tables.of('shares', generation)} "
            "WHERE person = ANY (%b::bigint[]) ORDER BY person",
            sorted(people),
        ),
    )


_SELECT = "SELECT place, program, participant, loop, state, facts, loop_facts"


def _share(row: Row) -> Share:
    place, program, participant, loop, values, facts, loop_facts = row
    return Share(
        place,
        (program, participant),
        loop,
        values,
        _read(facts),
        None if loop_facts is None else _read(loop_facts),
    )


_read = msgspec.json.decode


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
