"""The places a batch touches: their states before and after.

New facts are merged into what is known. Whoever lost a fact is folded afresh from the ledger, since
measures only grow.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from engine.catalog.model import Catalog
from engine.fact import Fact, Place
from engine.handlers.triage import Retracted
from engine.projections import state
from engine.projections.cold import Person
from engine.projections.state import State, Values
from engine.store.database import Transaction
from engine.store.facts import ledger
from engine.store.generations import measures
from engine.store.generations.catalogs import Generation
from engine.store.generations.measures import Row


@dataclass(slots=True)
class Touched:
    """A place: the row that was read, and what it is to be.

    `delta` is what new facts add. `shaken` are the participants for whom retracted facts counted:
    they were folded afresh, and even with equal values their proofs may be broken. `moved`: a fact
    was retracted, or will be when it comes; or an award of this loop changed.
    """

    row: Row
    after: State
    delta: State
    shaken: frozenset[str] = frozenset()
    moved: bool = False

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.moved or self.after != self.row.state


class Move(NamedTuple):
    """One participant's values in a place, before and after."""

    place: Place
    participant: str
    before: Values
    after: Values

    @property
    def person(self) -> Person:
        return (self.place.program, self.participant)


Places = dict[Place, Touched]


def read(
    tx: Transaction, generations: Mapping[str, Generation], places: Iterable[Place]
) -> dict[Place, Row]:
    """The rows of places, each in its program's live generation."""
    by_generation: dict[int, list[Place]] = {}
    for place in places:
        by_generation.setdefault(generations[place.program].id, []).append(place)
    rows: dict[Place, Row] = {}
    for generation in {g.id: g for g in generations.values()}.values():
        wanted = by_generation.get(generation.id, ())
        rows.update(measures.read(tx, generation.catalog, generation.id, wanted))
    return rows


def touch(
    tx: Transaction,
    generation: Generation,
    rows: Mapping[Place, Row],
    facts: Iterable[Fact],
    retracted: Iterable[Retracted],
    unmet: Iterable[Place],
) -> Places:
    """Compute what the places of these facts become. The ledger must already hold the batch.

    `rows`: as read before anything else. `unmet`: where a retraction came before its fact. Places
    that stay as they are, are left out: whoever decides by them reads them under a lock.
    """
    catalog = generation.catalog
    told: dict[Place, list[Fact]] = {}
    for fact in facts:
        told.setdefault(fact.place, []).append(fact)
    shaken: dict[Place, set[str]] = {}
    for item in retracted:
        counted = shaken.setdefault(item.fact.place, set())
        for measure in catalog.measures_of(item.fact):
            if measure.counts(item.fact):
                counted.update(measure.people(item.fact))
    folded = _folded(tx, catalog, shaken)
    touched: Places = {}
    for place in {*told, *shaken, *unmet}:
        row = rows[place]
        delta = state.fold(catalog, told.get(place, ()))
        after = state.merged(catalog, row.state, delta)
        people = frozenset(shaken.get(place, ()))
        for name in people:
            after.pop(name, None)
        after.update({n: v for n, v in folded.get(place, {}).items() if n in people})
        touched[place] = Touched(row, after, delta, people, place in shaken)
    for place in unmet:
        touched[place].moved = True
    return {place: item for place, item in touched.items() if item.changed}


def _folded(
    tx: Transaction, catalog: Catalog, people: Mapping[Place, Set[str]]
) -> dict[Place, State]:
    """What the ledger's facts of these people give; right for them alone."""
    folded: dict[Place, State] = {}
    for fact in ledger.about(tx, people) if any(people.values()) else ():
        state.add(catalog, folded.setdefault(fact.place, {}), fact)
    return folded


def moves(generation: Generation, touched: Places) -> Iterator[Move]:
    """Every participant whose values change, or who lost a fact."""
    zeros = list(generation.catalog.zeros)
    for place, item in touched.items():
        before, after = item.row.state, item.after
        for participant in item.delta.keys() | item.shaken if item.shaken else item.delta:
            move = Move(
                place, participant, before.get(participant, zeros), after.get(participant, zeros)
            )
            if move.before != move.after or participant in item.shaken:
                yield move


def write(tx: Transaction, generation: Generation, touched: Places) -> None:
    """Write what changed. Raises as `measures.write` does."""
    rows = [Row(t.row.place, t.row.version, t.after) for t in touched.values() if t.changed]
    measures.write(tx, generation.catalog, generation.id, rows)
