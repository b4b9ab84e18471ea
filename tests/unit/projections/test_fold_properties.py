"""Measures and what is held: the same from values and from facts, in any split and order."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog.model import Catalog, Scope
from engine.fact import Fact, Place
from engine.projections import cold, state
from engine.projections.holdings import NOTHING, Held, evaluate, flipped
from engine.projections.participant_history import ParticipantHistory, gather
from engine.rules.criteria.criterion import Holding
from tests.support.catalogs import EVERY_KIND
from tests.support.examples import examples
from tests.support.given import MENTORLOOP
from tests.support.histories import facts

CATALOGS = pytest.mark.parametrize(
    "catalog", [MENTORLOOP, EVERY_KIND], ids=lambda catalog: catalog.name
)
LIGHT = examples(20)


def _of_one_place(told: list[Fact]) -> list[Fact]:
    return [fact for fact in told if fact.place == told[0].place] if told else []


@CATALOGS
@LIGHT
@given(facts(), st.integers(0, 2**32), st.integers(1, 5))
def test_any_partition_of_the_facts_merges_and_grows_to_the_whole(
    catalog: Catalog, told: list[Fact], seed: int, parts: int
) -> None:
    random = Random(seed)
    buckets: list[list[Fact]] = [[] for _ in range(parts)]
    for fact in random.sample(told, len(told)):
        random.choice(buckets).append(fact)
    merged: state.State = {}
    grown: state.State = {}
    for bucket in buckets:
        known = {name: list(values) for name, values in grown.items()}
        more = state.fold(catalog, bucket, grown)
        assert grown == known
        grown |= more
        for participant, values in state.fold(catalog, bucket).items():
            before = merged.get(participant, catalog.initial_values)
            merged[participant] = state.merge(catalog.measures, before, values)
    assert merged == grown == state.fold(catalog, told)


@CATALOGS
@LIGHT
@given(facts())
def test_merging_some_measures_leaves_the_others(catalog: Catalog, told: list[Fact]) -> None:
    some = catalog.program_measures
    for values in state.fold(catalog, told).values():
        merged = state.merge(some, catalog.initial_values, values)
        for measure in catalog.measures:
            kept = values if measure in some else catalog.initial_values
            assert merged[measure.index] == kept[measure.index]


@CATALOGS
@LIGHT
@given(facts(), st.integers(0, 2**32))
def test_a_stored_state_comes_back_and_equal_states_are_stored_alike(
    catalog: Catalog, told: list[Fact], seed: int
) -> None:
    folded = state.fold(catalog, told)
    stored = state.dump(folded)
    assert state.load(catalog, stored) == folded
    shuffled = Random(seed).sample(told, len(told))
    assert state.dump(state.fold(catalog, shuffled)) == stored


@CATALOGS
@LIGHT
@given(facts())
def test_what_is_judged_from_values_is_what_the_facts_hold(
    catalog: Catalog, told: list[Fact]
) -> None:
    projection = cold.fold(catalog, told)
    by_program: dict[tuple[str, str], Held] = {
        person: evaluate(catalog, "program", values) for person, values in projection.people.items()
    }
    expected: set[tuple[str, str | None, str, Holding]] = set()
    for (program, participant), held in by_program.items():
        expected |= {(program, None, participant, holding) for holding in held}
    for place, known in projection.states.items():
        if place.loop is not None:
            for participant, values in known.items():
                above = by_program.get((place.program, participant), NOTHING)
                for holding in evaluate(catalog, "loop", values, above):
                    expected.add((place.program, place.loop, participant, holding))
    found = {
        (award.program, award.loop, award.recipient, Holding(award.badge, award.occurrence))
        for award in projection.awards
        if award.badge not in catalog.repeatable
    }
    assert found == expected


@CATALOGS
@LIGHT
@given(facts(60), st.data())
def test_if_no_test_flips_nothing_held_changes(
    catalog: Catalog, told: list[Fact], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(told)))
    scopes: list[Scope] = ["loop", "program"]
    scope = data.draw(st.sampled_from(scopes))
    loops = st.sampled_from([NOTHING, frozenset(b for x in catalog.badges for b in x.holdings())])
    above = data.draw(loops) if scope == "loop" else None
    before, after = state.fold(catalog, told[:cut]), state.fold(catalog, told)
    for participant, values in after.items():
        old = before.get(participant, list(catalog.initial_values))
        if not flipped(catalog, scope, old, values):
            assert evaluate(catalog, scope, old, above) == evaluate(catalog, scope, values, above)


@CATALOGS
@LIGHT
@given(facts(60), st.data())
def test_one_more_fact_never_takes_anything_away_nor_makes_it_later(
    catalog: Catalog, told: list[Fact], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(told)))
    before = {award.id: award for award in cold.fold(catalog, told[:cut]).awards}
    after = {award.id: award for award in cold.fold(catalog, told).awards}
    assert before.keys() <= after.keys()
    assert all(after[name].time <= award.time for name, award in before.items())


@CATALOGS
@LIGHT
@given(facts(60))
def test_the_evidence_alone_justifies_the_award(catalog: Catalog, told: list[Fact]) -> None:
    named = {(fact.type, fact.id): fact for fact in told}
    for award in cold.fold(catalog, _of_one_place(told)).awards:
        if award.loop is not None and all(item.type != "award" for item in award.evidence):
            rest = [named[item.type, item.id] for item in award.evidence]
            if all(fact.place == rest[0].place == told[0].place for fact in rest):
                assert award in cold.fold(catalog, rest).awards


@CATALOGS
@LIGHT
@given(facts(60))
def test_a_record_knows_the_values_its_badges_test(catalog: Catalog, told: list[Fact]) -> None:
    here = [fact for fact in _of_one_place(told) if fact.place.loop is not None]
    folded = state.fold(catalog, here)
    for participant, found in gather(catalog, here).items():
        record = ParticipantHistory(catalog, "program", "loop", participant, found)
        for measure in catalog.measures:
            if catalog.leaves("loop", measure):
                assert record.value(measure) == folded[participant][measure.index]


@CATALOGS
@LIGHT
@given(facts())
def test_a_person_is_the_merge_of_all_their_places(catalog: Catalog, told: list[Fact]) -> None:
    moved = [
        Fact(Place(fact.place.program, "one", None), fact.type, f"{number}", fact.time, fact.data)
        for number, fact in enumerate(told)
    ]
    apart = cold.fold(catalog, told)
    together = cold.fold(catalog, moved)
    assert apart.people == together.people
