"""Aggregates are commutative monoids over facts, and come back from storage as they were."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.fact import Fact, Place
from engine.projections.state import dump_values
from engine.rules.aggregates import KINDS, Aggregate
from engine.rules.aggregates.count import Count
from engine.rules.aggregates.distinct import Distinct
from engine.rules.aggregates.groups import Groups
from engine.rules.aggregates.streak import Streak
from engine.rules.aggregates.sum import Sum
from engine.rules.calendar import Calendar
from engine.rules.millionths import MILLION
from events.instants import Instant, from_datetime
from tests.support.examples import examples

# As a fact holds them: one form per value.
NUMBERS = (st.floats(0, 1e300) | st.integers(0, 10**15) | st.floats(0, 1)).map(
    lambda number: int(number) if number <= 2**53 and number == int(number) else number
)
TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 10), timezones=st.just(UTC)).map(
    from_datetime
)
FIELD_VALUES: list[tuple[Aggregate, st.SearchStrategy[Any]]] = [
    (Count(), st.text()),
    (Sum("field"), NUMBERS),
    (Distinct("field"), st.text(max_size=3)),
    (Distinct("field"), NUMBERS),
    (Distinct("field"), st.lists(st.text(max_size=2))),
    (Groups("field", Count(), 2, Calendar()), st.lists(st.sampled_from("abcd"))),
    (Groups("field", Count(), 1, Calendar()), st.sampled_from("abcd")),
    (Groups("month", Sum("field"), 1.5, Calendar()), st.tuples(TIMES, st.floats(0, 2))),
    (Groups("day", Distinct("field"), 2, Calendar()), st.tuples(TIMES, st.sampled_from("abc"))),
    (Streak("day", Count(), 1, Calendar()), st.tuples(TIMES, st.none())),
    (Streak("week", Distinct("field"), 2, Calendar()), st.tuples(TIMES, st.sampled_from("abc"))),
]
PERSON = "ana"
EVERY_KIND = pytest.mark.parametrize(("aggregate", "values"), FIELD_VALUES, ids=str)


def _fact(value: object) -> Fact:
    """A fact with this value; of a tuple, at this time."""
    time, content = value if isinstance(value, tuple) else ("time", value)
    return Fact(Place("p", "l", None), "type", "id", Instant(time), {"field": content})


def _merged(aggregate: Aggregate, values: list[Any]) -> Any:
    total = aggregate.zero
    for value in values:
        total = aggregate.merge(total, aggregate.of(_fact(value), PERSON))
    return total


def _folded(aggregate: Aggregate, facts: list[Fact]) -> Any:
    total = aggregate.zero
    for fact in facts:
        total = aggregate.merge(total, aggregate.of(fact, PERSON))
    return total


def test_every_kind_is_tried_here() -> None:
    tried = {type(aggregate).__module__.rpartition(".")[2] for aggregate, _ in FIELD_VALUES}
    assert tried == set(KINDS)


@EVERY_KIND
@examples(25)
@given(data=st.data())
def test_merge_is_associative_and_commutative_with_zero(
    aggregate: Aggregate, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    one, two, three = (_merged(aggregate, data.draw(st.lists(values))) for _ in range(3))
    merge = aggregate.merge
    assert merge(one, merge(two, three)) == merge(merge(one, two), three)
    assert merge(one, two) == merge(two, one)
    assert merge(one, aggregate.zero) == one == merge(aggregate.zero, one)


@EVERY_KIND
@examples(25)
@given(data=st.data())
def test_values_are_the_same_in_any_order_and_survive_storage(
    aggregate: Aggregate, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    told = data.draw(st.lists(values, max_size=8))
    total = _merged(aggregate, told)
    shuffled = _merged(aggregate, data.draw(st.permutations(told)))
    assert shuffled == total
    stored = dump_values([total])
    assert dump_values([shuffled]) == stored
    assert aggregate.load(json.loads(stored)[0]) == total
    if aggregate.is_json:
        assert aggregate.load(total) == total == json.loads(stored)[0]


@EVERY_KIND
@examples(25)
@given(data=st.data())
def test_a_value_is_hashable_also_as_it_comes_from_storage(
    aggregate: Aggregate, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    assert isinstance(hash(aggregate.zero), int)
    total = _merged(aggregate, data.draw(st.lists(values)))
    stored = aggregate.load(json.loads(dump_values([total]))[0])
    assert hash(stored) == hash(total)


@EVERY_KIND
@examples(25)
@given(data=st.data())
def test_one_more_fact_never_makes_a_monotone_value_smaller(
    aggregate: Aggregate, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    assume(aggregate.is_monotone)
    before = _merged(aggregate, data.draw(st.lists(values)))
    after = aggregate.merge(before, aggregate.of(_fact(data.draw(values)), PERSON))
    assert aggregate.size(after) >= aggregate.size(before)
    assert aggregate.values(after) >= aggregate.values(before)


@EVERY_KIND
@examples(25)
@given(data=st.data())
def test_a_value_in_brief_has_the_same_size_and_values(
    aggregate: Aggregate, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    value = _merged(aggregate, data.draw(st.lists(values)))
    brief = aggregate.brief(value)
    assert aggregate.exact(brief) == aggregate.exact(value)
    assert aggregate.values(brief) == aggregate.values(value)
    assert not aggregate.is_brief or brief is value


@EVERY_KIND
@examples(25)
@given(data=st.data())
def test_a_size_is_reached_with_the_first_fact_that_makes_it(
    aggregate: Aggregate, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    facts = [_fact(value) for value in data.draw(st.lists(values, min_size=1))]
    whole = aggregate.exact(_folded(aggregate, facts))
    assume(whole > 0)
    wanted = data.draw(st.integers(1, whole))
    position, evidence = aggregate.reached(facts, wanted, PERSON)
    assert aggregate.exact(_folded(aggregate, facts[: position + 1])) >= wanted
    assert aggregate.exact(_folded(aggregate, facts[:position])) < wanted
    # The evidence is enough by itself, ends at that fact, and is in order.
    assert aggregate.exact(_folded(aggregate, list(evidence))) >= wanted
    assert evidence[-1] is facts[position]
    places = [next(n for n, fact in enumerate(facts) if fact is item) for item in evidence]
    assert places == sorted(set(places))


@examples(50)
@given(st.lists(st.floats(0, 1e15)))
def test_a_sum_is_the_exact_sum_of_numbers_rounded_to_millionths(numbers: list[float]) -> None:
    total = _merged(Sum("field"), numbers)
    assert total == sum(round(Fraction(number) * MILLION) for number in numbers)


@pytest.mark.parametrize(
    ("number", "millionths"),
    [
        (0.1, 100_000),
        (2**-7, 7_812),  # 7812.5 millionths, exactly
        (3 * 2**-7, 23_438),  # 23437.5 millionths
        (4.999999e-7, 0),
        (45.5, 45_500_000),
        (5, 5_000_000),
    ],
)
def test_a_number_is_rounded_half_to_even(number: float, millionths: int) -> None:
    assert Sum("field").of(_fact(number), PERSON) == millionths


def test_ten_tenths_are_one() -> None:
    total = _merged(Sum("field"), [0.1] * 10)
    assert Sum("field").size(total) == 1.0


def test_a_sum_beyond_all_doubles_is_still_a_number() -> None:
    total = _merged(Sum("field"), [1.7e308] * 3)
    assert total == 3 * int(1.7e308) * MILLION
    assert Sum("field").size(total) > 1.7e308
    assert json.dumps(Sum("field").size(total)) != "Infinity"


def test_a_count_counts_facts_and_a_distinct_the_different_values() -> None:
    assert Count().size(_merged(Count(), ["a", "a", "b"])) == 3
    assert Distinct("field").size(_merged(Distinct("field"), ["a", "a", "b"])) == 2
    assert Distinct("field").size(_merged(Distinct("field"), [["a", "b"], ["b", "c"]])) == 3
    assert Distinct("field").size(_merged(Distinct("field"), [5, 5.0])) == 1
