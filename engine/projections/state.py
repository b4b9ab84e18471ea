"""Measures: what a place knows of its people.

A state maps each participant to one value per measure of the catalog, by the measure's index. It
is a merge of monoids: the same for every order, batching and split of the same facts.
"""

from collections.abc import Iterable, Sequence

import msgspec

from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.rules.aggregates import Value
from engine.rules.measure import Measure

Values = list[Value]
State = dict[str, Values]


def add(catalog: Catalog, state: State, fact: Fact) -> None:
    """Fold one fact into `state`, in place."""
    for measure in catalog.measures_of(fact):
        if measure.counts(fact):
            aggregate = measure.aggregate
            value = aggregate.of(fact)
            for participant in measure.people(fact):
                values = state.get(participant)
                if values is None:
                    values = state[participant] = list(catalog.zeros)
                values[measure.index] = aggregate.merge(values[measure.index], value)


def fold(catalog: Catalog, facts: Iterable[Fact]) -> State:
    """The state that these facts give."""
    state: State = {}
    for fact in facts:
        add(catalog, state, fact)
    return state


def merge(measures: Iterable[Measure], one: Sequence[Value], other: Sequence[Value]) -> Values:
    """The values of both; measures not given keep those of `one`."""
    merged = list(one)
    for measure in measures:
        index = measure.index
        merged[index] = measure.aggregate.merge(one[index], other[index])
    return merged


def merged(catalog: Catalog, one: State, other: State) -> State:
    """The state of both; neither is changed."""
    result = dict(one)
    for participant, values in other.items():
        known = one.get(participant)
        result[participant] = merge(catalog.measures, known, values) if known else values
    return result


def dump(catalog: Catalog, state: State) -> str:
    """As compact JSON, participants sorted; equal states give equal text."""
    values = {name: dump_values(catalog, state[name]) for name in sorted(state)}
    return msgspec.json.encode(values).decode()


def load(catalog: Catalog, stored: str) -> State:
    """The inverse of `dump`, for a catalog of the same digest."""
    return {
        participant: load_values(catalog, values)
        for participant, values in msgspec.json.decode(stored).items()
    }


def dump_values(catalog: Catalog, values: Sequence[Value]) -> list[object]:
    """One participant's values as JSON values."""
    stored = list(values)
    for measure in catalog.stored_otherwise:
        stored[measure.index] = measure.aggregate.dump(stored[measure.index])
    return stored


def load_values(catalog: Catalog, stored: Sequence[object]) -> Values:
    """The inverse of `dump_values`."""
    values = list(stored)
    for measure in catalog.stored_otherwise:
        values[measure.index] = measure.aggregate.load(values[measure.index])
    return values
