"""The fold in two steps, so that parts of a history can be folded apart: place by place, then
person by person. Together they give what the cold fold gives; a property test holds them equal.

Pure: no I/O.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from engine.catalog.model import Catalog
from engine.fact import Fact, Place
from engine.intake.content import decode, encode
from engine.intake.keys import person_hash, place_hash
from engine.projections import state
from engine.projections.award import Award, of_repeated
from engine.projections.cold import Person
from engine.projections.holdings import NOTHING, PersonNeeded, evaluate
from engine.projections.participant_history import FactsOf, ParticipantHistory, gather
from engine.projections.participation import named
from engine.projections.state import State, Values
from engine.rules.aggregates.aggregate import over
from engine.rules.measure import Measure
from engine.store.projections.computed import Owned
from engine.store.projections.shares import Share


@dataclass(frozen=True, slots=True)
class PlaceFolded:
    """What the facts of a place give by themselves, and what they add to its people's. `named`:
    everybody whom one of them names."""

    place: Place
    state: State
    named: frozenset[str]
    awards: tuple[Owned, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class PersonFolded:
    """What a person has in the program, and what only that gives: badges of the program, and those
    of loops that ask for them."""

    person: Person
    values: Values
    awards: tuple[Owned, ...]


def fold_place(catalog: Catalog, place: Place, facts: Sequence[Fact]) -> PlaceFolded:
    """Fold the unretracted facts of one place (each once, in any order)."""
    owner = place_hash(place)
    gathered = _gather(catalog, facts)
    known = {name: _values(catalog, name, counted) for name, counted in gathered.items()}
    justified = list(_repeatable(catalog, gathered))
    bridging: set[str] = set()
    if place.loop is not None:
        awards, bridging = _of_loop(catalog, place, known, gathered)
        justified.extend(awards)
    shares = _shares(catalog, place, known, gathered, bridging)
    owned = tuple(Owned(award, owner, of_person=False) for award in justified)
    return PlaceFolded(place, known, frozenset(named(facts)), owned, tuple(shares))


def fold_person(catalog: Catalog, person: Person, shares: Iterable[Share]) -> PersonFolded:
    """Put a person together from all their shares."""
    values: Values = list(catalog.initial_values)
    facts: list[Fact] = []
    loops: list[tuple[str, list[Fact]]] = []
    for share in shares:
        there = state.load_values(catalog, share.state)
        values = state.merge(catalog.program_measures, values, there)
        facts.extend(map(_fact, share.facts))
        if share.loop is not None and share.loop_facts is not None:
            loops.append((share.loop, list(map(_fact, share.loop_facts))))
    program, name = person
    counted = gather(catalog, facts, "program").get(name, {})
    above = ParticipantHistory(catalog, program, None, name, counted)
    awards = above.awards()
    for loop, in_loop in loops:
        here = gather(catalog, in_loop).get(name, {})
        record = ParticipantHistory(catalog, program, loop, name, here, above)
        awards.extend(
            record.awarded(h) for h in record.held if h.badge in catalog.depends_on_program
        )
    owner = person_hash(*person)
    return PersonFolded(person, values, tuple(Owned(a, owner, of_person=True) for a in awards))


def _of_loop(
    catalog: Catalog, place: Place, known: State, gathered: Mapping[str, FactsOf]
) -> tuple[list[Award], set[str]]:
    """The awards of a loop that ask for nothing of the program, and the participants who may hold
    one that does."""
    held = {}
    bridging: set[str] = set()
    for name, values in known.items():
        here = evaluate(catalog, "loop", values, NOTHING)
        if _asks_person(catalog, values):
            bridging.add(name)
        mine = [holding for holding in here if holding.badge not in catalog.depends_on_program]
        if mine:
            held[name] = mine
    if not held:
        return [], bridging
    records = {
        name: ParticipantHistory(
            catalog, place.program, place.loop, name, gathered[name], known=known[name]
        )
        for name in held
    }
    return [records[name].awarded(h) for name, mine in held.items() for h in mine], bridging


def _asks_person(catalog: Catalog, values: Values) -> bool:
    """Whether a badge of the loop depends on the program: whether it is held, or since when."""
    if not catalog.depends_on_program:
        return False
    try:
        return any(h.badge in catalog.depends_on_program for h in evaluate(catalog, "loop", values))
    except PersonNeeded:
        return True


def _shares(
    catalog: Catalog,
    place: Place,
    known: State,
    gathered: Mapping[str, FactsOf],
    bridging: set[str],
) -> Iterator[Share]:
    nothing = catalog.program_values(catalog.initial_values)
    owner = place_hash(place)
    for name, values in known.items():
        tested = _facts_of(catalog.tested("program"), gathered[name])
        if name in bridging or tested or catalog.program_values(values) != nothing:
            looped = _facts_of(catalog.tested("loop"), gathered[name]) if name in bridging else None
            yield Share(
                owner,
                (place.program, name),
                place.loop,
                state.dump_values(values),
                list(map(_content, tested)),
                None if looped is None else list(map(_content, looped)),
            )


_order = attrgetter("time", "type", "id")  # among facts of one place


def _gather(catalog: Catalog, facts: Iterable[Fact]) -> dict[str, FactsOf]:
    """Each participant's facts by measure, in order, for all measures."""
    gathered: dict[str, FactsOf] = {}
    for fact in sorted(facts, key=_order):
        for measure, participant in catalog.contributions(fact):
            counted = gathered.get(participant)
            if counted is None:
                counted = gathered[participant] = {}
            there = counted.get(measure.index)
            if there is None:
                counted[measure.index] = [fact]
            else:
                there.append(fact)
    return gathered


def _values(catalog: Catalog, name: str, counted: FactsOf) -> Values:
    values: Values = list(catalog.initial_values)
    for index, facts in counted.items():
        values[index] = over(catalog.measures[index].aggregate, facts, name)
    return values


def _repeatable(catalog: Catalog, gathered: Mapping[str, FactsOf]) -> Iterator[Award]:
    for measure in catalog.repeatable_measures:
        for name, counted in gathered.items():
            for fact in counted.get(measure.index, ()):
                yield of_repeated(catalog, measure, fact, name)


def _facts_of(measures: Iterable[Measure], counted: FactsOf) -> list[Fact]:
    """The facts that count in one of these measures; each fact once."""
    lists = [counted[measure.index] for measure in measures if measure.index in counted]
    if len(lists) == 1:
        return lists[0]
    return list({id(fact): fact for facts in lists for fact in facts}.values())


def _content(fact: Fact) -> str:
    return encode(fact.type, fact.time, dict(fact.data))


def _fact(content: str) -> Fact:
    fact = decode(content)
    assert isinstance(fact, Fact)
    return fact
