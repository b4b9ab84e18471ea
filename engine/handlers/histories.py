"""Participants' records with their facts, read from the ledger for dates and evidence."""

from collections.abc import Iterable

from engine.fact import Fact, Place
from engine.handlers.places import Places
from engine.projections.cold import Person
from engine.projections.record import FactsOf, Record, gather
from engine.store.database import Transaction
from engine.store.facts import ledger
from engine.store.generations import measures, people
from engine.store.generations.catalogs import Generation


class Histories:
    """Records of one generation. What will be asked for is read beforehand, all at once."""

    def __init__(self, tx: Transaction, generation: Generation) -> None:
        self._tx = tx
        self._generation = generation
        self._facts: dict[Place, list[Fact]] = {}
        self._gathered: dict[Place, dict[str, FactsOf]] = {}
        self._persons: dict[Person, Record] = {}

    def read(self, places: Iterable[Place], persons: Iterable[Person], touched: Places) -> None:
        """Read the facts of loops and, for people, their facts that count in the program."""
        wanted = set(persons)
        needed = set(places) | self._places_of(wanted, touched)
        self._facts.update(ledger.of_places(self._tx, needed - self._facts.keys()))
        catalog = self._generation.catalog
        by_program: dict[str, list[Fact]] = {}
        for place, facts in self._facts.items():
            by_program.setdefault(place.program, []).extend(facts)
        names = {program for program, _ in wanted}
        for program in names:
            gathered = gather(catalog, by_program.get(program, ()), "program")
            for person in wanted:
                if person[0] == program:
                    facts_of = gathered.get(person[1], {})
                    record = Record(catalog, program, None, person[1], facts_of)
                    self._persons[person] = record

    def person(self, person: Person) -> Record:
        """A person's record in the program; `read` must have been asked for it."""
        return self._persons[person]

    def loop(self, place: Place, participant: str) -> Record:
        """A participant's record in a loop; `read` must have been asked for the place, and for
        the person if the loop's badges ask for theirs."""
        catalog = self._generation.catalog
        if place not in self._gathered:
            self._gathered[place] = gather(catalog, self._facts[place])
        facts = self._gathered[place].get(participant, {})
        person = self._persons.get((place.program, participant))
        return Record(catalog, place.program, place.loop, participant, facts, person)

    def _places_of(self, persons: set[Person], touched: Places) -> set[Place]:
        """The places where these people have facts that badges of the program test."""
        if not persons:
            return set()
        catalog, number = self._generation.catalog, self._generation.id
        tested = [m.index for m in catalog.measures if catalog.leaves("program", m)]
        hashes = people.places_of(self._tx, number, persons)
        wanted = {place for places in hashes.values() for place in places}
        states = {
            row.place: row.state for row in measures.by_hash(self._tx, catalog, number, wanted)
        }
        states.update({place: item.after for place, item in touched.items()})
        zeros = catalog.zeros
        return {
            place
            for place, known in states.items()
            for name, values in known.items()
            if (place.program, name) in persons
            and any(values[index] != zeros[index] for index in tested)
        }
