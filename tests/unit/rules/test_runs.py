"""Runs are sets of whole numbers: the same for every way to the same numbers."""

from hypothesis import given
from hypothesis import strategies as st

from engine.rules.aggregates import runs
from engine.rules.aggregates.runs import Runs
from tests.support.examples import examples

NUMBERS = st.sets(st.integers(-8, 30))


def _runs(numbers: set[int]) -> Runs:
    built: Runs = ()
    for number in numbers:
        built = runs.with_run(built, number, number + 1)
    return built


def _numbers(given: Runs) -> set[int]:
    pairs = zip(given[::2], given[1::2], strict=True)
    return {number for pair in pairs for number in range(*pair)}


@examples(300)
@given(NUMBERS, NUMBERS)
def test_a_union_has_the_numbers_of_both(one: set[int], other: set[int]) -> None:
    both = runs.union(_runs(one), _runs(other))
    assert _numbers(both) == one | other
    assert both == _runs(one | other)
    assert list(both) == sorted(set(both))  # ascending, and no two runs touch
    assert runs.total(both) == len(one | other)
    assert [n for n in range(-10, 32) if runs.has(both, n)] == sorted(one | other)


@examples(100)
@given(NUMBERS)
def test_what_is_there_already_changes_nothing(numbers: set[int]) -> None:
    known = _runs(numbers)
    for number in numbers:
        assert runs.with_run(known, number, number + 1) is known


@examples(100)
@given(NUMBERS)
def test_the_longest_run_is_the_most_numbers_without_a_gap(numbers: set[int]) -> None:
    longest = max(
        (length for n in numbers for length in range(1, 40) if {*range(n, n + length)} <= numbers),
        default=0,
    )
    assert runs.longest(_runs(numbers)) == longest


def test_the_run_of_a_number_is_the_whole_of_it() -> None:
    assert runs.run_of((1, 4, 6, 8), 6) == (6, 8)
    assert runs.run_of((1, 4, 6, 8), 3) == (1, 4)
