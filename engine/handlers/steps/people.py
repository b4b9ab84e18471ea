"""The people whom a batch concerns in their whole program: locked, then before and after."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from engine.awards.messages import Who
from engine.catalog.model import Catalog
from engine.handlers.steps.places import PlaceChange, Places, ValueChange
from engine.projections import state
from engine.projections.cold import Person
from engine.projections.holdings import Held, PersonNeeded, evaluate
from engine.projections.state import Values
from engine.store.awards import kept
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures, people


@dataclass(slots=True)
class Persons:
    """Locked people: their values across the program, and what they hold in it."""

    known: frozenset[Person] = frozenset()  # who has a row
    before: dict[Person, Values] = field(default_factory=dict)
    after: dict[Person, Values] = field(default_factory=dict)
    held_before: dict[Person, Held] = field(default_factory=dict)
    held_after: dict[Person, Held] = field(default_factory=dict)


def lock(
    tx: Transaction,
    generation: Generation,
    touched: Places,
    moves: list[ValueChange],
    others: Iterable[Person] = (),
) -> Persons:
    """Lock everybody whose program values change or decide what they hold in a loop, and others."""
    catalog = generation.catalog
    values = catalog.program_values
    program = [move for move in moves if values(move.before) != values(move.after)]
    wanted = {move.person for move in program}
    wanted.update(m.person for m in moves if m.lost_fact or _asks_person(catalog, m))
    wanted.update(others)
    found = people.lock(tx, catalog, generation.id, wanted)
    persons = Persons(known=frozenset(found))
    zeros = list(catalog.initial_values)
    for person in wanted:
        persons.before[person] = persons.after[person] = found.get(person, zeros)
    shrunk = {move.person for move in program if move.lost_fact}
    grown = [move for move in program if move.person not in shrunk]
    added = {
        place: state.fold(catalog, touched[place].facts) for place in {move.place for move in grown}
    }
    for move in grown:
        persons.after[move.person] = state.merge(
            catalog.program_measures, persons.after[move.person], added[move.place][move.person[1]]
        )
    persons.after.update(_merged_again(tx, generation, touched, shrunk))
    for person in wanted:
        persons.held_before[person] = evaluate(catalog, "program", persons.before[person])
        persons.held_after[person] = (
            evaluate(catalog, "program", persons.after[person])
            if persons.before[person] != persons.after[person]
            else persons.held_before[person]
        )
    return persons


def loops_of(
    tx: Transaction, generation: Generation, touched: Places, persons: Set[Person]
) -> Iterator[ValueChange]:
    """Every loop these people take part in, read into `touched` if it was not there."""
    if not persons:
        return
    _read_places(tx, generation, touched, persons)
    zeros = list(generation.catalog.initial_values)
    names = {name for _, name in persons}
    for place, item in touched.items():
        before, after = item.row.state, item.after
        for name in names & (before.keys() | after.keys()):
            person = (place.program, name)
            if person in persons and place.loop is not None:
                old, new = before.get(name, zeros), after.get(name, zeros)
                yield ValueChange(place, person, old, new, lost_fact=False, decides=True)


def held_before(
    tx: Transaction, catalog: Catalog, persons: Persons, wanted: Set[Who]
) -> dict[Who, int]:
    """How many of each repeatable badge is held before the batch: by locked people, and before its
    awards are written."""
    kept_counts = kept.counts(tx, ((who.program, who.participant) for who in wanted))
    return {who: _measured(catalog, persons, who) + kept_counts.get(who, 0) for who in wanted}


def _measured(catalog: Catalog, persons: Persons, who: Who) -> int:
    badge = catalog.repeatable.get(who.badge)
    if badge is None or badge.repeatable is None:
        return 0
    return int(persons.before[who.program, who.participant][badge.repeatable.index])


def write(tx: Transaction, generation: Generation, persons: Persons) -> None:
    """Write who changed, and who was locked without having a row."""
    changed = {
        person: values
        for person, values in persons.after.items()
        if person in persons.known and values != persons.before[person]
    }
    new = {p: values for p, values in persons.after.items() if p not in persons.known}
    people.write(tx, generation.id, changed, new)


def write_participation(tx: Transaction, generation: Generation, touched: Places) -> None:
    """Write who newly takes part in the touched places, and who no longer does."""
    joined: list[tuple[Person, int]] = []
    left: list[tuple[Person, int]] = []
    for place, item in touched.items():
        before, after = item.row.state.keys(), item.after.keys()
        if before != after:
            joined += [((place.program, name), item.row.number) for name in after - before]
            left += [((place.program, name), item.row.number) for name in before - after]
    people.take_part(tx, generation.id, joined, left)


def _asks_person(catalog: Catalog, move: ValueChange) -> bool:
    """Whether what changes in the loop can only be judged, or proven, knowing the program."""
    if not move.decides or not catalog.depends_on_program:
        return False
    try:
        gained = evaluate(catalog, "loop", move.after) - evaluate(catalog, "loop", move.before)
    except PersonNeeded:
        return True
    # Held without the program's help, but the earlier of two proofs may still rest on it.
    return any(holding.badge in catalog.depends_on_program for holding in gained)


def _merged_again(
    tx: Transaction, generation: Generation, touched: Places, shrunk: set[Person]
) -> dict[Person, Values]:
    """People's values merged afresh over all their places, for those who lost a fact."""
    if not shrunk:
        return {}
    catalog = generation.catalog
    _read_places(tx, generation, touched, shrunk)
    merged = {person: list(catalog.initial_values) for person in shrunk}
    names = {name for _, name in shrunk}
    for place, item in touched.items():
        for name in names & item.after.keys():
            person = (place.program, name)
            if person in shrunk:
                values = item.after[name]
                merged[person] = state.merge(catalog.program_measures, merged[person], values)
    return merged


def _read_places(
    tx: Transaction, generation: Generation, touched: Places, persons: Set[Person]
) -> None:
    """Read all places of these people that are not there yet, as touched without change."""
    there = {item.row.number for item in touched.values()}
    found = people.places_of(tx, generation.id, persons)
    missing = {number for numbers in found.values() for number in numbers} - there
    for row in measures.by_hash(tx, generation.catalog, generation.id, missing):
        touched[row.place] = PlaceChange(row, row.state, (), dirty=False)
