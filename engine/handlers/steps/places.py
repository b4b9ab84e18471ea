"""The places a batch touches: their states before and after.

New facts are folded on top of the stored state. People who lost a fact are folded from the ledger,
since measures only grow.

Every place that gets a fact or a retraction is written, also where its state stays the same: its
version moves with its ledger. So of two transactions that add to a place from the same reading, one
is done again.
"""

from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec
from msgspec.structs import replace

from engine.catalog.model import Catalog
from engine.fact import Fact, Place, group_by_place
from engine.handlers.steps.triage import Retracted
from engine.projections import state
from engine.projections.cold import Person
from engine.projections.holdings import flipped
from engine.projections.participation import named
from engine.projections.state import State, Values
from engine.store.facts import ledger
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures
from engine.store.projections.measures import PlaceRow


class PlaceChange(msgspec.Struct, gc=False):
    """A place: the row that was read, and the state it gets.

    `facts` are its new facts. `dirty`: the row is written and its version moves, even if its state
    is equal: the place got a fact or a retraction, or an award of this loop changed. `left`: whom
    only retracted facts name.
    """

    row: PlaceRow
    after: State
    facts: Sequence[Fact]
    dirty: bool
    left: Set[str] = frozenset()


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


def touch(
    tx: Transaction,
    generation: Generation,
    rows: Mapping[Place, PlaceRow],
    facts: Iterable[Fact],
    retracted: Iterable[Retracted],
    unmet: Set[Place],
) -> tuple[Places, list[ValueChange]]:
    """Compute the states of the places of these facts, and whose values change. The ledger must
    already hold the batch.

    `rows`: as read before anything else. `unmet`: where a retraction came before its fact.
    """
    catalog = generation.catalog
    by_place = group_by_place(facts)
    lost_fact: dict[Place, set[str]] = {}
    gone = group_by_place(item.fact for item in retracted)
    for place, there in gone.items():
        lost_fact[place] = {name for fact in there for _, name in catalog.contributions(fact)}
    remaining = _remaining(tx, {place: named(there) for place, there in gone.items()})
    touched: Places = {}
    moves: list[ValueChange] = []
    for place in {*by_place, *lost_fact, *unmet}:
        row, losers = rows[place], lost_fact.get(place, _NOBODY)
        new = by_place.get(place, ())
        grown = state.fold(catalog, new, row.state)
        after = row.state | grown
        still = remaining.get(place, ())
        folded = state.fold(catalog, still) if losers else {}
        for name in losers:
            after.pop(name, None)
            if name in folded:
                after[name] = folded[name]
        moves += _moves(catalog, place, grown.keys() | losers, losers, row.state, after)
        left = named(gone[place]) - named(still) if place in gone else _NOBODY
        touched[place] = PlaceChange(row, after, new, True, left)
    return touched, moves


_NOBODY: frozenset[str] = frozenset()


def _remaining(tx: Transaction, people: Mapping[Place, Set[str]]) -> dict[Place, list[Fact]]:
    """The ledger's facts that name these people; perhaps some others too."""
    return group_by_place(ledger.about(tx, people) if people else ())


def _moves(
    catalog: Catalog,
    place: Place,
    names: Set[str],
    lost_fact: Set[str],
    before: State,
    after: State,
) -> list[ValueChange]:
    """Of these people, who is new here, whose values changed, and who lost a fact."""
    moves: list[ValueChange] = []
    initial = list(catalog.initial_values)
    for name in names:
        old, new, lost = before.get(name, initial), after.get(name, initial), name in lost_fact
        if lost or old != new or name not in before:
            decides = place.loop is not None and (lost or flipped(catalog, "loop", old, new))
            moves.append(ValueChange(place, (place.program, name), old, new, lost, decides))
    return moves


def write(tx: Transaction, generation: Generation, touched: Places) -> None:
    """Write what is dirty. Raises as `measures.write` does."""
    rows = [replace(place.row, state=place.after) for place in touched.values() if place.dirty]
    measures.write(tx, generation.id, rows)
