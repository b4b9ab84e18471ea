"""Participants' histories, with their facts read from the ledger for dates and evidence."""

from collections.abc import Iterable, Mapping

from engine.catalog.model import Scope
from engine.fact import Place, group_by_place
from engine.projections.cold import Person
from engine.projections.participant_history import FactsOf, ParticipantHistory, gather
from engine.projections.state import State
from engine.rules.aggregates.count import Count
from engine.store.facts import ledger
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures, people

# A participant at a place, whose facts are gathered for the badges of a scope.
_Asked = tuple[Scope, Place, str]


class ParticipantHistories:
    """Histories of one generation. What will be asked for is read beforehand, all at once, and only
    for the people named: a place may have a long past, and many people."""

    def __init__(self, tx: Transaction, generation: Generation) -> None:
        self._tx = tx
        self._generation = generation
        self._facts: dict[_Asked, FactsOf] = {}
        self._persons: dict[Person, ParticipantHistory] = {}

    def read(
        self,
        participants: Iterable[tuple[Place, str]],
        persons: Iterable[Person],
        states: Mapping[Place, State],
    ) -> None:
        """Read the facts of participants of loops and, for people, their facts that count in the
        program. `states`: of places that are about to be written, instead of what is stored."""
        everywhere = self._places_of(set(persons), states)
        asked: set[_Asked] = {("loop", place, name) for place, name in participants}
        asked.update(
            ("program", place, name) for (_, name), there in everywhere.items() for place in there
        )
        self._gather(asked - self._facts.keys())
        for (program, name), there in everywhere.items():
            facts = _joined(self._facts["program", place, name] for place in there)
            self._persons[program, name] = ParticipantHistory(
                self._generation.catalog, program, None, name, facts
            )

    def person(self, person: Person) -> ParticipantHistory:
        """A person's history in the program; `read` must have been asked for it."""
        return self._persons[person]

    def loop(self, place: Place, participant: str) -> ParticipantHistory:
        """A participant's history in a loop; `read` must have been asked for them there, and for
        the person if the loop's badges ask for theirs."""
        facts = self._facts["loop", place, participant]
        person = self._persons.get((place.program, participant))
        catalog = self._generation.catalog
        return ParticipantHistory(catalog, place.program, place.loop, participant, facts, person)

    def _gather(self, asked: set[_Asked]) -> None:
        wanted: dict[Place, set[str]] = {}
        for _, place, name in asked:
            wanted.setdefault(place, set()).add(name)
        facts = group_by_place(ledger.about(self._tx, wanted) if wanted else ())
        gathered = {
            (scope, place): gather(self._generation.catalog, facts.get(place, ()), scope)
            for scope, place in {(scope, place) for scope, place, _ in asked}
        }
        self._facts |= {
            (scope, place, name): gathered[scope, place].get(name, {})
            for scope, place, name in asked
        }

    def _places_of(
        self, persons: set[Person], states: Mapping[Place, State]
    ) -> dict[Person, set[Place]]:
        """The places where these people have facts that badges of the program test."""
        if not persons:
            return {}
        catalog, number = self._generation.catalog, self._generation.id
        tested = catalog.tested("program")
        # A fact that counts may add nothing, such as a sum's 0, and belong to the proof.
        everywhere = any(not isinstance(measure.aggregate, Count) for measure in tested)
        hashes = people.places_of(self._tx, number, persons)
        wanted = {place for theirs in hashes.values() for place in theirs}
        stored = {
            row.place: row.state for row in measures.by_hash(self._tx, catalog, number, wanted)
        }
        initial = catalog.initial_values
        places: dict[Person, set[Place]] = {person: set() for person in persons}
        names = {name for _, name in persons}
        for place, known in {**stored, **states}.items():
            for name in names & known.keys():
                person, values = (place.program, name), known[name]
                if person in persons and (
                    everywhere or any(values[m.index] != initial[m.index] for m in tested)
                ):
                    places[person].add(place)
        return places


def _joined(parts: Iterable[FactsOf]) -> FactsOf:
    """The facts of several places together, in the order of facts."""
    joined: FactsOf = {}
    for part in parts:
        for index, facts in part.items():
            joined.setdefault(index, []).extend(facts)
    for facts in joined.values():
        facts.sort(key=lambda fact: fact.order)
    return joined
