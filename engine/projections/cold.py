"""The cold fold: a whole history at once, with nothing remembered.

It is the definition of what is right. The worker's results, batch by batch, must equal it; a
preview, a recomputed export and an audit are this function.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.catalog.model import Catalog
from engine.fact import Fact, Place, group_by_place
from engine.projections import state
from engine.projections.award import Award, of_repeatable
from engine.projections.participant_history import FactsOf, ParticipantHistory, gather
from engine.projections.state import State, Values

Person = tuple[str, str]  # program, participant


@dataclass(frozen=True, slots=True)
class Projection:
    """Everything that a history gives under a catalog. `awards` are sorted by id."""

    states: dict[Place, State]
    people: dict[Person, Values]
    awards: tuple[Award, ...]


def fold(catalog: Catalog, facts: Iterable[Fact]) -> Projection:
    """Fold accepted, unretracted facts (each once, in any order)."""
    by_place = group_by_place(facts)
    states = {place: state.fold(catalog, there) for place, there in by_place.items()}
    persons = _persons(catalog, by_place)
    awards = [award for person in persons.values() for award in person.awards()]
    for place, there in by_place.items():
        for fact in there:
            awards.extend(of_repeatable(catalog, fact))
        if place.loop is not None:
            for participant, by_measure in gather(catalog, there).items():
                person = persons.get((place.program, participant))
                history = ParticipantHistory(
                    catalog, place.program, place.loop, participant, by_measure, person
                )
                awards.extend(history.awards())
    awards.sort(key=lambda award: award.id)
    return Projection(states, people(catalog, states), tuple(awards))


def people(catalog: Catalog, states: dict[Place, State]) -> dict[Person, Values]:
    """Each person's values across the program: the merge over all their places."""
    merged: dict[Person, Values] = {}
    for place, known in states.items():
        for participant, values in known.items():
            person = (place.program, participant)
            before = merged.get(person, catalog.initial_values)
            merged[person] = state.merge(catalog.program_measures, before, values)
    return {
        person: values
        for person, values in merged.items()
        if values != list(catalog.initial_values)
    }


def _persons(
    catalog: Catalog, by_place: dict[Place, list[Fact]]
) -> dict[Person, ParticipantHistory]:
    tested = {measure.event for measure in catalog.tested("program")}
    by_program: dict[str, list[Fact]] = {}
    for place, there in by_place.items():
        by_program.setdefault(place.program, []).extend(f for f in there if f.type in tested)
    persons: dict[Person, ParticipantHistory] = {}
    for program, facts in by_program.items():
        by_measure: FactsOf
        for participant, by_measure in gather(catalog, facts, "program").items():
            persons[program, participant] = ParticipantHistory(
                catalog, program, None, participant, by_measure
            )
    return persons
