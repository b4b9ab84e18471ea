"""The places a batch touches: their states before and after.

New facts are folded on top of what is known. Whoever lost a fact is folded afresh from the ledger,
since measures only grow.
"""

from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec
from msgspec.structs import replace

from engine.catalog.model import Catalog
from engine.fact import Fact, Place
from engine.handlers.steps.triage import Retracted
from engine.projections import state
from engine.projections.cold import Person
from engine.projections.holdings import flipped
from engine.projections.state import State, Values
from engine.store.facts import ledger
from engine.store.generations.catalogs import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures
from engine.store.projections.measures import PlaceRow


class PlaceChange(msgspec.Struct, gc=False):
    """A place: the row that was read, and what it is to be.

    `told` are its new facts. `changed`: there is something to write, be it only that a fact was
    retracted, or will be when it comes, or that an award of this loop changed.
    """

    row: PlaceRow
    after: State
    told: Sequence[Fact]
    changed: bool


class ValueChange(msgspec.Struct, frozen=True, gc=False):
    """One person's values in a place, before and after.

    `lost_fact`: retracted facts counted for them. They were folded again, and even with equal
    values their proofs may be broken. `decides`: what they hold in the loop may have changed.
    """

    place: Place
    person: Person
    before: Values
    after: Values
    lost_fact: bool
    decides: bool


Places = dict[Place, PlaceChange]


def read(
    tx: Transaction, generations: Mapping[str, Generation], places: Iterable[Place]
) -> dict[Place, PlaceRow]:
    """The rows of places, each in its program's live generation."""
    by_generation: dict[int, list[Place]] = {}
    for place in places:
        by_generation.setdefault(generations[place.program].id, []).append(place)
    rows: dict[Place, PlaceRow] = {}
    for generation in {g.id: g for g in generations.values()}.values():
        wanted = by_generation.get(generation.id, ())
        rows.update(measures.read(tx, generation.catalog, generation.id, wanted))
    return rows


def touch(
    tx: Transaction,
    generation: Generation,
    rows: Mapping[Place, PlaceRow],
    facts: Iterable[Fact],
    retracted: Iterable[Retracted],
    unmet: Set[Place],
) -> tuple[Places, list[ValueChange]]:
    """Compute what the places of these facts become, and for whom that changes something. The
    ledger must already hold the batch.

    `rows`: as read before anything else. `unmet`: where a retraction came before its fact. Places
    that stay as they are, are left out: whoever decides by them reads them under a lock.
    """
    catalog = generation.catalog
    told: dict[Place, list[Fact]] = {}
    for fact in facts:
        told.setdefault(fact.place, []).append(fact)
    lost_fact: dict[Place, set[str]] = {}
    for item in retracted:
        counted = lost_fact.setdefault(item.fact.place, set())
        counted.update(person for _, person in catalog.contributions(item.fact))
    folded = _folded(tx, catalog, lost_fact)
    touched: Places = {}
    moves: list[ValueChange] = []
    for place in {*told, *lost_fact, *unmet}:
        row, people = rows[place], lost_fact.get(place, _NOBODY)
        new = told.get(place, ())
        grown = state.fold(catalog, new, row.state)
        after = row.state | grown
        for name in people:
            after.pop(name, None)
            if name in folded.get(place, _NOBODY):
                after[name] = folded[place][name]
        found = _moves(catalog, place, grown.keys() | people, people, row.state, after)
        if found or place in lost_fact or place in unmet:
            touched[place] = PlaceChange(row, after, new, changed=True)
            moves += found
    return touched, moves


_NOBODY: frozenset[str] = frozenset()


def _folded(
    tx: Transaction, catalog: Catalog, people: Mapping[Place, Set[str]]
) -> dict[Place, State]:
    """What the ledger's facts of these people give; right for them alone."""
    told: dict[Place, list[Fact]] = {}
    for fact in ledger.about(tx, people) if any(people.values()) else ():
        told.setdefault(fact.place, []).append(fact)
    return {place: state.fold(catalog, facts) for place, facts in told.items()}


def _moves(
    catalog: Catalog,
    place: Place,
    names: Set[str],
    lost_fact: Set[str],
    before: State,
    after: State,
) -> list[ValueChange]:
    """Of these people, who is new here, whose values changed, and who lost a fact."""
    found: list[ValueChange] = []
    zeros = list(catalog.initial_values)
    for name in names:
        old, new, lost = before.get(name, zeros), after.get(name, zeros), name in lost_fact
        if lost or old != new or name not in before:
            decides = place.loop is not None and (lost or flipped(catalog, "loop", old, new))
            found.append(ValueChange(place, (place.program, name), old, new, lost, decides))
    return found


def write(tx: Transaction, generation: Generation, touched: Places) -> None:
    """Write what changed. Raises as `measures.write` does."""
    rows = [replace(t.row, state=t.after) for t in touched.values() if t.changed]
    measures.write(tx, generation.id, rows)
