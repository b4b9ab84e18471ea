"""The people whom a batch concerns in their whole program: locked, then before and after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import msgspec

from engine.awards.messages import Who
from engine.catalog.model import Catalog
from engine.handlers.steps.places import PlaceChange, Places, ValueChange
from engine.projections import state
from engine.projections.cold import Person
from engine.projections.holdings import Held, PersonNeeded, evaluate
from engine.projections.participation import named
from engine.projections.state import Values
from engine.store.awards import kept
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures, people


class PersonChange(msgspec.Struct, frozen=True, gc=False):
    """A locked person: their values across the program and what they hold in it, before and after.

    `stored`: they have a row. One without is locked by the row that is written.
    """

    stored: bool
    before: Values
    after: Values
    held_before: Held
    held_after: Held


People = Mapping[Person, PersonChange]


def lock(
    tx: Transaction,
    generation: Generation,
    touched: Places,
    moves: Sequence[ValueChange],
    others: Iterable[Person] = (),
) -> People:
    """Lock the person rows that this batch changes, or that a loop badge depends on, and others."""
    catalog = generation.catalog
    values = catalog.program_values
    in_program = [move for move in moves if values(move.before) != values(move.after)]
    wanted = {move.person for move in in_program}
    wanted.update(m.person for m in moves if m.lost_fact or _asks_person(catalog, m))
    wanted.update(others)
    stored = people.lock(tx, catalog, generation.id, wanted)
    after = _values_after(tx, generation, touched, in_program, stored)
    changes: dict[Person, PersonChange] = {}
    for person in wanted:
        before = stored.get(person) or list(catalog.initial_values)
        now = after.get(person, before)
        held = evaluate(catalog, "program", before)
        held_now = evaluate(catalog, "program", now) if now != before else held
        changes[person] = PersonChange(person in stored, before, now, held, held_now)
    return changes


def _values_after(
    tx: Transaction,
    generation: Generation,
    touched: Places,
    moves: Sequence[ValueChange],
    stored: Mapping[Person, Values],
) -> dict[Person, Values]:
    """The new values of people whose program values these moves change: what is new is merged onto
    the locked row; for people who lost a fact, all their places are merged."""
    catalog = generation.catalog
    shrunk = {move.person for move in moves if move.lost_fact}
    after = _merged_places(tx, generation, touched, shrunk)
    grown = [move for move in moves if move.person not in shrunk]
    added = {
        place: state.fold(catalog, touched[place].facts) for place in {move.place for move in grown}
    }
    for move in grown:
        before = after.get(move.person) or stored.get(move.person, list(catalog.initial_values))
        new = added[move.place][move.person[1]]
        after[move.person] = state.merge(catalog.program_measures, before, new)
    return after


def loops_of(
    tx: Transaction, generation: Generation, touched: Places, persons: Set[Person]
) -> Iterator[ValueChange]:
    """Every loop these people take part in, read into `touched` if it was not there."""
    if not persons:
        return
    _read_places(tx, generation, touched, persons)
    initial = list(generation.catalog.initial_values)
    names = {name for _, name in persons}
    for place, change in touched.items():
        before, after = change.row.state, change.after
        for name in names & (before.keys() | after.keys()):
            person = (place.program, name)
            if person in persons and place.loop is not None:
                old, new = before.get(name, initial), after.get(name, initial)
                yield ValueChange(place, person, old, new, lost_fact=False, decides=True)


def held_before(
    tx: Transaction, catalog: Catalog, changes: People, wanted: Set[Who]
) -> dict[Who, int]:
    """How many of each repeatable badge is held before the batch: by locked people, and before its
    awards are written."""
    kept_counts = kept.counts(tx, ((who.program, who.participant) for who in wanted))
    return {who: _measured(catalog, changes, who) + kept_counts.get(who, 0) for who in wanted}


def _measured(catalog: Catalog, changes: People, who: Who) -> int:
    badge = catalog.repeatable.get(who.badge)
    if badge is None or badge.repeatable is None:
        return 0
    return int(changes[who.program, who.participant].before[badge.repeatable.index])


def write(tx: Transaction, generation: Generation, changes: People) -> None:
    """Write who changed, and who was locked without having a row."""
    changed = {
        person: change.after
        for person, change in changes.items()
        if change.stored and change.after != change.before
    }
    new = {person: change.after for person, change in changes.items() if not change.stored}
    people.write(tx, generation.id, changed, new)


def write_participation(tx: Transaction, generation: Generation, touched: Places) -> None:
    """Write who newly takes part in the touched places, and who no longer does.

    Somebody who counts in a place takes part there already; of others, who are named and do not
    count, only the table knows.
    """
    joined: list[tuple[Person, int]] = []
    left: list[tuple[Person, int]] = []
    for place, change in touched.items():
        number = change.row.number
        new = named(change.facts).difference(change.row.state)
        joined += [((place.program, name), number) for name in new]
        left += [((place.program, name), number) for name in change.left]
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


def _merged_places(
    tx: Transaction, generation: Generation, touched: Places, persons: Set[Person]
) -> dict[Person, Values]:
    """People's values merged over all their places."""
    if not persons:
        return {}
    catalog = generation.catalog
    _read_places(tx, generation, touched, persons)
    merged = {person: list(catalog.initial_values) for person in persons}
    names = {name for _, name in persons}
    for place, change in touched.items():
        for name in names & change.after.keys():
            person = (place.program, name)
            if person in persons:
                values = change.after[name]
                merged[person] = state.merge(catalog.program_measures, merged[person], values)
    return merged


def _read_places(
    tx: Transaction, generation: Generation, touched: Places, persons: Set[Person]
) -> None:
    """Read all places of these people that are not there yet, as touched without change."""
    there = {change.row.number for change in touched.values()}
    by_person = people.places_of(tx, generation.id, persons)
    missing = {number for numbers in by_person.values() for number in numbers} - there
    for row in measures.by_hash(tx, generation.catalog, generation.id, missing):
        touched[row.place] = PlaceChange(row, row.state, (), dirty=False)
