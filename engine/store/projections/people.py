"""People of a generation: each one's values across the program, and the places they take part in.

A person's row is also their lock. A transaction that changes what somebody has in the
program, or decides by it, locks the row first, all rows of a batch in one order; so a quiz on one
partition and the last gold on another cannot miss each other.
"""

from collections.abc import Iterable, Mapping

from engine.catalog.model import Catalog
from engine.intake.keys import person_hash
from engine.projections.cold import Person
from engine.projections.state import Values, dump_values, load_values
from engine.store.postgres.connection import Transaction
from engine.store.projections import tables
from engine.store.projections.measures import HashCollision


def lock(
    tx: Transaction, catalog: Catalog, generation: int, people: Iterable[Person]
) -> dict[Person, Values]:
    """Lock people and give the values of those that have a row.

    One without a row is locked by writing it in the same transaction: a second writer meets the
    unique key and does its batch again.

    Raises:
        HashCollision: two people, of these or of the rows, have the same hash.
    """
    wanted: dict[int, Person] = {}
    for person in people:
        _check_same(wanted.setdefault(person_hash(*person), person), person)
    if not wanted:
        return {}
    rows = tx.rows(
        f"SELECT program, participant, state FROM {tables.of('people', generation)} "
        "WHERE person = ANY (%b::bigint[]) ORDER BY person FOR UPDATE",
        sorted(wanted),
    )
    values: dict[Person, Values] = {}
    for program, participant, state in rows:
        person = wanted[person_hash(program, participant)]
        _check_same(person, (program, participant))
        values[person] = load_values(catalog, state)
    return values


def read(tx: Transaction, catalog: Catalog, generation: int, program: str) -> dict[str, Values]:
    """The values of everybody in a program, without locks."""
    rows = tx.rows(
        "SELECT participant, state FROM people WHERE generation = %s AND program = %s",
        generation, program,
    )  # fmt: skip
    return {name: load_values(catalog, state) for name, state in rows}


def of(
    tx: Transaction, catalog: Catalog, generation: int, people: Iterable[Person]
) -> dict[Person, Values]:
    """The values of these people, of those who have a row, without locks."""
    rows = tx.rows(
        f"SELECT program, participant, state FROM {tables.of('people', generation)} "
        "WHERE person = ANY (%b::bigint[])",
        sorted({person_hash(*person) for person in people}),
    )
    return {(p, name): load_values(catalog, state) for p, name, state in rows}


def write(
    tx: Transaction,
    generation: int,
    changed: Mapping[Person, Values],
    new: Mapping[Person, Values],
) -> None:
    """Write the values of people who have a row, and of people who have none yet."""
    if changed:
        ordered = sorted((person_hash(*person), values) for person, values in changed.items())
        tx.execute(
            f"UPDATE {tables.of('people', generation)} p SET state = k.state "
            "FROM unnest(%b::bigint[], %b::text[]) k (person, state) "
            "WHERE p.person = k.person",
            [number for number, _ in ordered],
            [dump_values(values) for _, values in ordered],
        )
    if new:
        tx.copy(
            tables.of("people", generation),
            ("generation", "person", "program", "participant", "state"),
            ("int4", "int8", "text", "text", "text"),
            sorted(
                (generation, person_hash(*person), *person, dump_values(values))
                for person, values in new.items()
            ),
        )


def forget(tx: Transaction, generation: int, people: Iterable[int]) -> None:
    """Drop the values of people (by hash)."""
    tx.execute(
        f"DELETE FROM {tables.of('people', generation)} WHERE person = ANY (%b::bigint[])",
        sorted(people),
    )


def places_of(
    tx: Transaction, generation: int, people: Iterable[Person]
) -> dict[Person, list[int]]:
    """The hashes of the places that each person takes part in."""
    wanted = {person_hash(*person): person for person in people}
    places: dict[Person, list[int]] = {person: [] for person in wanted.values()}
    rows = tx.rows(
        f"SELECT person, place FROM {tables.of('participation', generation)} "
        "WHERE person = ANY (%b::bigint[])",
        sorted(wanted),
    )
    for number, place in rows:
        places[wanted[number]].append(place)
    return places


def begin_part(tx: Transaction, generation: int, joined: Iterable[tuple[Person, int]]) -> None:
    """Record who takes part in which place (by its hash), where nothing of it is recorded yet."""
    rows = sorted((generation, person_hash(*person), place) for person, place in joined)
    columns = ("generation", "person", "place")
    tx.copy(tables.of("participation", generation), columns, ("int4", "int8", "int8"), rows)


def take_part(
    tx: Transaction,
    generation: int,
    joined: Iterable[tuple[Person, int]],
    left: Iterable[tuple[Person, int]],
) -> None:
    """Record who takes part in which place (by its hash), some of them perhaps already, and who no
    longer does."""
    gone = sorted((person_hash(*person), place) for person, place in left)
    if gone:
        tx.execute(
            f"DELETE FROM {tables.of('participation', generation)} p "
            "USING unnest(%b::bigint[], %b::bigint[]) k (person, place) "
            "WHERE p.person = k.person AND p.place = k.place",
            [person for person, _ in gone], [place for _, place in gone],
        )  # fmt: skip
    rows = sorted((person_hash(*person), place) for person, place in joined)
    if rows:
        tx.execute(
            f"INSERT INTO {tables.of('participation', generation)} (generation, person, place) "
            "SELECT %s, person, place FROM unnest(%b::bigint[], %b::bigint[]) k (person, place) "
            "ON CONFLICT DO NOTHING",
            generation, [person for person, _ in rows], [place for _, place in rows],
        )  # fmt: skip


def _check_same(one: Person, other: Person) -> None:
    if one != other:
        raise HashCollision(f"{one} and {other} have the same hash")
