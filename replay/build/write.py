"""Writing what places and people fold to into a generation that is being built.

Used for parts of a build, where nothing is stored yet, and for later changes, where stored rows
are replaced: a place or a person folded again gives the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from engine.fact import Fact, Place, group_by_place
from engine.intake.keys import person_hash, place_hash
from engine.projections.cold import Person
from engine.projections.participation import named
from engine.store.facts import ledger
from engine.store.facts.ledger import LedgerEntry
from engine.store.generations.live import Generation
from engine.store.generations.replays import Cut, Replay
from engine.store.postgres.connection import Transaction
from engine.store.projections import computed, measures, people, shares
from engine.store.projections.measures import HashCollision, PlaceRow
from engine.store.projections.shares import Share
from replay.build.fold import PersonFolded, PlaceFolded, fold_person, fold_place


class FoldCounts:
    """Counts what was read: unretracted facts, and rows of the ledger before a cut."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self.facts = 0
        self.rows_before_cut = 0

    def count(self, entries: Iterable[LedgerEntry], facts: int) -> None:
        """Count what was read at a place."""
        cut = self._cut
        self.rows_before_cut += sum(e.offset < cut.get(e.lane, 0) for e in entries)
        self.facts += facts


def places(
    generation: Generation, replay: Replay, entries: Iterable[LedgerEntry], tally: FoldCounts
) -> Iterator[PlaceFolded]:
    """Fold the ledger's entries, which come place by place.

    Raises:
        HashCollision: two places have the same hash.
    """
    for _, there in groupby(entries, key=itemgetter(0)):
        entries_there = list(there)
        facts = list(ledger.standing(entries_there))
        covered = bool(facts) and replay.covers(facts[0].place.program)
        tally.count(entries_there, len(facts) if covered else 0)
        if covered:
            yield fold_place(generation.catalog, _same(facts), facts)


def write_places(
    tx: Transaction,
    generation: Generation,
    folded: Iterable[PlaceFolded],
    before: Mapping[int, PlaceRow] | None = None,
    retracted: Iterable[Fact] = (),
) -> None:
    """Write places. `before`: the stored rows, by hash, which are replaced; `retracted`: facts of
    these places that no longer count."""
    items, known = list(folded), before or {}
    there = {place_hash(item.place): item for item in items}
    rows = [
        PlaceRow(item.place, n, known[n].version if n in known else 0, item.state)
        for n, item in there.items()
    ]
    rows.extend(
        PlaceRow(row.place, n, row.version, {}) for n, row in known.items() if n not in there
    )
    measures.write(tx, generation.id, rows)
    joined = (
        ((item.place.program, name), number)
        for number, item in there.items()
        for name in item.named
    )
    if before is None:
        people.begin_part(tx, generation.id, joined)
    else:
        people.take_part(tx, generation.id, joined, _left(there, retracted))
    computed.write(tx, generation.id, (award for item in items for award in item.awards))
    shares.write(tx, generation.id, (share for item in items for share in item.shares))


def _left(
    there: Mapping[int, PlaceFolded], retracted: Iterable[Fact]
) -> Iterator[tuple[Person, int]]:
    """Whom retracted facts name and no others of their place."""
    for place, facts in group_by_place(retracted).items():
        number = place_hash(place)
        still = there[number].named if number in there else frozenset()
        for name in named(facts) - still:
            yield (place.program, name), number


def persons(generation: Generation, shares_: Iterable[Share]) -> Iterator[PersonFolded]:
    """Put people together from their shares, which come person by person.

    Raises:
        HashCollision: two people have the same hash.
    """
    for number, mine in groupby(shares_, key=number_of):
        parts = list(mine)
        if len({part.person for part in parts}) > 1:
            raise HashCollision(f"people with the hash {number}: {parts[0].person} and another")
        yield fold_person(generation.catalog, parts[0].person, parts)


def write_persons(tx: Transaction, generation: Generation, folded: Iterable[PersonFolded]) -> None:
    """Write people of whom nothing is stored."""
    items = list(folded)
    zeros = list(generation.catalog.initial_values)
    values = {item.person: item.values for item in items if item.values != zeros}
    people.write(tx, generation.id, {}, values)
    computed.write(tx, generation.id, (award for item in items for award in item.awards))


def number_of(share: Share) -> int:
    """The hash of whose share it is."""
    return person_hash(*share.person)


def _same(facts: list[Fact]) -> Place:
    place = facts[0].place
    for fact in facts:
        if fact.place != place:
            raise HashCollision(f"{place} and {fact.place} have the same hash")
    return place
