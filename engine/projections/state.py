"""Measures: what a place knows of its people.

A state maps each participant to one value per measure of the catalog, by the measure's index.
Every value is of a monoid: the same for every order, batching and split of the same facts.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.rules.aggregates import Value
from engine.rules.measure import Measure

Values = list[Value]
State = dict[str, Values]
_NOTHING: State = {}


def fold(catalog: Catalog, facts: Iterable[Fact], known: Mapping[str, Values] = _NOTHING) -> State:
    """The values of everybody for whom these facts count, on top of those known of them."""
    state: State = {}
    for fact in facts:
        for measure, participant in catalog.contributions(fact):
            aggregate, index = measure.aggregate, measure.index
            values = state.get(participant)
            if values is None:
                values = list(known.get(participant, catalog.initial_values))
                state[participant] = values
            values[index] = aggregate.merge(values[index], aggregate.of(fact, participant))
    return state


def merge(measures: Iterable[Measure], one: Sequence[Value], other: Sequence[Value]) -> Values:
    """The values of both; measures not given keep those of `one`."""
    merged = list(one)
    for measure in measures:
        index = measure.index
        merged[index] = measure.aggregate.merge(one[index], other[index])
    return merged


def dump(state: State) -> str:
    """As compact JSON, participants and sets sorted; equal states give equal text."""
    return _encode(state).decode()


def load(catalog: Catalog, stored: str) -> State:
    """The inverse of `dump`, for a catalog of the same digest."""
    state: State = msgspec.json.decode(stored)
    for measure in catalog.stored_otherwise:
        for values in state.values():
            values[measure.index] = measure.aggregate.load(values[measure.index])
    return state


def dump_values(values: Values) -> str:
    """One participant's values as compact JSON."""
    return _encode(values).decode()


def load_values(catalog: Catalog, stored: str) -> Values:
    """The inverse of `dump_values`, for a catalog of the same digest."""
    values: Values = msgspec.json.decode(stored)
    for measure in catalog.stored_otherwise:
        values[measure.index] = measure.aggregate.load(values[measure.index])
    return values


_encode = msgspec.json.Encoder(order="deterministic").encode
