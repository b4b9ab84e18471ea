"""The sample that people judge again: big enough, of every kind of case, and nobody's choice."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.sampling import Decided, draw, judges, seed_of, size
from tests.support.examples import examples

SEED = seed_of("0" * 64, "2026-Q3")
KINDS = st.tuples(st.sampled_from("pmw"), st.sampled_from(("granted", "declined", "renewed")))
CASES = st.lists(KINDS, max_size=60).map(
    lambda kinds: [Decided(f"{n:03}", *kind) for n, kind in enumerate(kinds)]
)


@pytest.mark.parametrize(
    ("cases", "expected"), [(0, 0), (3, 3), (5, 5), (20, 5), (50, 5), (51, 6), (100, 10)]
)
def test_a_tenth_is_drawn_and_five_at_least(cases: int, expected: int) -> None:
    assert size(cases, 0.1, 5) == expected


@examples(50)
@given(CASES, st.integers(0, 12), st.integers(0, 99))
def test_the_order_of_cases_changes_nothing(cases: list[Decided], number: int, key: int) -> None:
    shuffled = Random(key).sample(cases, len(cases))
    assert draw(SEED, shuffled, number) == draw(SEED, cases, number)


@examples(50)
@given(CASES, st.integers(0, 12))
def test_each_is_drawn_once_and_each_stratum_has_one(cases: list[Decided], number: int) -> None:
    drawn = draw(SEED, cases, number)
    assert len(set(drawn)) == len(drawn) == min(number, len(cases))
    strata = {case.stratum for case in cases}
    assert len({case.stratum for case in drawn}) == min(len(strata), number)


@examples(50)
@given(CASES, st.integers(0, 30))
def test_no_stratum_is_far_above_its_share(cases: list[Decided], number: int) -> None:
    drawn = draw(SEED, cases, number)
    for stratum in {case.stratum for case in cases}:
        of_all = sum(case.stratum == stratum for case in cases)
        of_drawn = sum(case.stratum == stratum for case in drawn)
        assert of_drawn <= max(1, -(-of_all * number // len(cases)))


def test_another_quarter_or_head_draws_others() -> None:
    cases = [Decided(f"{n:03}", "p", "granted") for n in range(100)]
    seeds = (SEED, seed_of("0" * 64, "2026-Q4"), seed_of("1" * 64, "2026-Q3"))
    drawn = [tuple(draw(seed, cases, 10)) for seed in seeds]
    assert len(set(drawn)) == len(seeds)


def test_judges_are_other_people_for_other_cases() -> None:
    people = [f"person-{n}" for n in range(8)]
    chosen = {case: judges(SEED, case, people, 2) for case in map(str, range(20))}
    assert all(len(set(pair)) == 2 for pair in chosen.values())
    assert {who for pair in chosen.values() for who in pair} == set(people)
    assert judges(SEED, "0", people[:1], 2) == people[:1]
