"""What there is of one person across a program: every award and every fact that names them."""

from collections.abc import Iterable, Iterator

from engine.fact import Fact, Place
from engine.queries.snapshot import Snapshot
from engine.store.awards import awards as stored
from engine.store.awards.awards import Announced
from engine.store.facts import ledger
from engine.store.projections import loops_of_person

_PORTION = 200


def awards(snapshot: Snapshot, program: str, person: str) -> list[Announced]:
    """All that was ever announced to somebody, by date."""
    every = stored.of_people(snapshot.tx, program, [person])
    return sorted(every, key=lambda one: (one.award.time, one.award.id))


def facts(snapshot: Snapshot, program: str, person: str, also: Iterable[str]) -> Iterator[Fact]:
    """The unretracted facts that name somebody, loop by loop, and theirs without a loop. They are
    looked for where something is counted of them, where they have an award, and in the loops of
    `also`.

    Raises:
        CatalogAltered
    """
    loops = {award.award.loop for award in awards(snapshot, program, person)} - {None}
    loops |= {*also, *_counted(snapshot, program, person)}
    places = [Place(program, loop, None) for loop in sorted(filter(None, loops))]
    for begin in range(0, len(places), _PORTION):
        wanted = {place: {person} for place in places[begin : begin + _PORTION]}
        yield from _naming(ledger.about(snapshot.tx, wanted), person)
    own = Place(program, None, person)
    yield from _naming(ledger.about(snapshot.tx, {own: {person}}), person)


def _counted(snapshot: Snapshot, program: str, person: str) -> Iterator[str]:
    generation = snapshot.generation_for(program)
    after = ""
    while True:
        _, rows = loops_of_person.page(
            snapshot.tx, generation.catalog, generation.id, (program, person), after, _PORTION
        )
        yield from (row.loop for row in rows)
        if len(rows) < _PORTION:
            return
        after = rows[-1].loop


def _naming(facts: Iterable[Fact], person: str) -> Iterator[Fact]:
    """Others of the same places may be among them."""
    for fact in facts:
        if any(_names(value, person) for value in fact.data.values()):
            yield fact


def _names(value: object, person: str) -> bool:
    return value == person or (isinstance(value, list | tuple) and person in value)
