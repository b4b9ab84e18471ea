"""A second opinion on a generation: some of its places, or all, folded cold from the ledger.

For a badge that asks for others of the program, what the people of a sample have elsewhere is
folded with it. Both sides must be read in one snapshot.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from engine.fact import Fact, Place
from engine.intake.keys import person_hash, place_hash
from engine.projections import cold
from engine.projections.award import Award
from engine.projections.cold import Person, Projection
from engine.store.facts import ledger
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures, people

WHOLE = 200_000
"""Facts that are folded at once at the most; of more, a sample is drawn."""

_WINDOWS = 8
_HASHES = 2**64


@dataclass(frozen=True, slots=True)
class Sample:
    """`facts`: how many stand at `places`. `expected`: right for these places, and for the people
    there in their program. `whole`: everything is in it."""

    facts: int
    places: frozenset[Place]
    expected: Projection
    whole: bool

    @property
    def people(self) -> set[int]:
        """Everybody at these places, by hash."""
        states = self.expected.states
        return {person_hash(p.program, name) for p in self.places for name in states[p]}

    @property
    def owners(self) -> set[int]:
        """The places, by hash."""
        return {place_hash(place) for place in self.places}

    def holds(self) -> Callable[[Award], bool]:
        """Whether an award is one that the sample says something about."""
        loops = {(place.program, place.loop) for place in self.places}
        persons = self.people

        def asked(award: Award) -> bool:
            if award.loop is None:
                return person_hash(award.program, award.recipient) in persons
            return (award.program, award.loop) in loops

        return asked


def draw(
    tx: Transaction,
    generation: Generation,
    covers: Callable[[str], bool],
    facts_at_most: int = WHOLE,
) -> Sample:
    """Fold a generation's programs, or a random sample of about so many facts."""
    size = ledger.size(tx)
    whole = size <= facts_at_most
    spans = _everything() if whole else _spans(facts_at_most / size, Random())
    facts = [
        fact
        for span in spans
        for fact in ledger.standing(ledger.between(tx, *span))
        if covers(fact.place.program)
    ]
    places = frozenset(fact.place for fact in facts)
    elsewhere = [] if whole else list(_elsewhere(tx, generation, facts, places))
    expected = cold.fold(generation.catalog, [*facts, *elsewhere])
    return Sample(len(facts), places, expected, whole)


def other_measures(tx: Transaction, generation: Generation, sample: Sample) -> Iterator[Place]:
    """The places whose measures are not those of their facts."""
    rows = measures.read(tx, generation.catalog, generation.id, sample.places)
    initial = list(generation.catalog.initial_values)
    for place in sorted(sample.places, key=place_hash):
        state = {name: v for name, v in rows[place].state.items() if v != initial}
        wanted = sample.expected.states[place]
        if state != {name: v for name, v in wanted.items() if v != initial}:
            yield place


def other_people(tx: Transaction, generation: Generation, sample: Sample) -> Iterator[Person]:
    """The people whose values across the program, or places, are not those of their facts. Of a
    sample not all places of its people were folded, so nothing is compared."""
    if not sample.whole:
        return
    initial, states = list(generation.catalog.initial_values), sample.expected.states
    there: dict[Person, set[int]] = {}
    for place in sample.places:
        for name, values in states[place].items():
            if values != initial:
                there.setdefault((place.program, name), set()).add(place_hash(place))
    stored = people.of(tx, generation.catalog, generation.id, there)
    taking_part = people.places_of(tx, generation.id, there)
    for person, places in sorted(there.items()):
        values = sample.expected.people.get(person, initial)
        if stored.get(person, initial) != values or not places <= set(taking_part[person]):
            yield person


def _everything() -> list[tuple[int, int]]:
    return [(-_HASHES // 2, _HASHES // 2 - 1)]


def _spans(share: float, random: Random) -> list[tuple[int, int]]:
    """Spans of hashes that make a share of all, spread over them."""
    apart = _HASHES // _WINDOWS
    width = int(apart * share)
    begins = (n * apart + random.randrange(apart - width) - _HASHES // 2 for n in range(_WINDOWS))
    return [(begin, begin + width - 1) for begin in begins]


def _elsewhere(
    tx: Transaction, generation: Generation, facts: list[Fact], here: frozenset[Place]
) -> Iterator[Fact]:
    """What badges of the program test of these people, at all their other places."""
    catalog = generation.catalog
    persons = {
        (fact.place.program, name) for fact in facts for _, name in catalog.contributions(fact)
    }
    by_person = people.places_of(tx, generation.id, persons)
    hashes = {number for numbers in by_person.values() for number in numbers}
    known = {row.number: row for row in measures.by_hash(tx, catalog, generation.id, hashes)}
    wanted: dict[Place, set[str]] = {}
    for (_, name), numbers in by_person.items():
        for number in numbers:
            if number in known and known[number].place not in here:
                wanted.setdefault(known[number].place, set()).add(name)
    tested = {measure.event for measure in catalog.tested("program")}
    return (
        (fact for fact in ledger.about(tx, wanted) if fact.type in tested) if wanted else iter(())
    )
