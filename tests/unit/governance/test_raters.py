"""What ratings of anchors say of who rated them, against a reading one rating at a time."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.calibration.raters import RaterResult, RowBias, result_of, two_digits
from governance.rules.calibration.terms import CalibrationTerms

ROWS = ("growth", "inclusion")
TERMS = CalibrationTerms()
RATED = st.dictionaries(
    st.sampled_from([f"a{number}" for number in range(9)]),
    st.fixed_dictionaries({row: st.integers(0, 4) for row in ROWS}),
    max_size=9,
)


def alike(number: int, off: int = 0) -> dict[str, dict[str, int]]:
    """So many anchors, every row at 2, or off by so much."""
    return {f"a{each}": dict.fromkeys(ROWS, 2 + off) for each in range(number)}


@given(RATED, RATED)
def test_it_is_what_going_through_single_ratings_gives(
    mine: dict[str, dict[str, int]], anchors: dict[str, dict[str, int]]
) -> None:
    result = result_of(ROWS, mine, anchors)
    off = [mine[name][row] - anchors[name][row] for name in mine if name in anchors for row in ROWS]
    assert result.anchors == len([name for name in mine if name in anchors])
    if not off:
        assert (result.bias, result.exact) == (None, None)
        return
    assert result.bias == Fraction(sum(off), len(off))
    assert result.exact == Fraction(len([each for each in off if each == 0]), len(off))
    is_off = len(off) / 2 >= 6 and (abs(sum(off)) * 2 > len(off) or off.count(0) * 2 < len(off))
    few = len(off) / 2 < 6
    expected = "too_few" if few else "coached" if is_off else "passed"
    assert result.finding(TERMS) == expected


def test_given_half_a_level_too_high_on_average_somebody_still_passes() -> None:
    anchors = alike(8)
    mine = alike(4) | {f"a{number}": dict.fromkeys(ROWS, 3) for number in range(4, 8)}
    result = result_of(ROWS, mine, anchors)
    assert (result.bias, result.exact) == (Fraction(1, 2), Fraction(1, 2))
    assert result.finding(TERMS) == "passed"


def test_given_a_little_more_they_are_coached() -> None:
    mine = alike(3) | {f"a{number}": dict.fromkeys(ROWS, 3) for number in range(3, 8)}
    assert result_of(ROWS, mine, alike(8)).finding(TERMS) == "coached"


def test_too_low_counts_as_too_high_does() -> None:
    assert result_of(ROWS, alike(8, -1), alike(8)).finding(TERMS) == "coached"


def test_who_is_off_both_ways_has_no_bias_and_is_coached_for_agreeing_too_seldom() -> None:
    mine = {f"a{number}": dict.fromkeys(ROWS, 1 + 2 * (number % 2)) for number in range(8)}
    result = result_of(ROWS, mine, alike(8))
    assert result.bias == 0
    assert result.exact == 0
    assert result.finding(TERMS) == "coached"


def test_five_anchors_say_nothing_and_six_do() -> None:
    assert result_of(ROWS, alike(5, 2), alike(8)).finding(TERMS) == "too_few"
    assert result_of(ROWS, alike(6, 2), alike(8)).finding(TERMS) == "coached"


def test_each_row_has_its_own_bias() -> None:
    mine = {name: {"growth": 3, "inclusion": 2} for name in alike(6)}
    result = result_of(ROWS, mine, alike(6))
    assert result == RaterResult(6, (RowBias("growth", 6, 0, 6), RowBias("inclusion", 0, 6, 6)))


def test_a_policy_may_ask_for_less() -> None:
    terms = CalibrationTerms.of({"calibration": {"bias": 1, "anchors": 6}})
    assert terms is not None
    mine = alike(3) | {f"a{number}": dict.fromkeys(ROWS, 3) for number in range(3, 6)}
    assert result_of(ROWS, mine, alike(6)).finding(terms) == "passed"


def test_a_policy_without_calibration_asks_for_none() -> None:
    assert CalibrationTerms.of({"panel": {"seats": 3}}) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 4), "+0.25"),
        (Fraction(-1, 2), "-0.50"),
        (Fraction(0), "0.00"),
        (Fraction(-1, 1000), "0.00"),
        (Fraction(2, 3), "+0.67"),
    ],
)
def test_a_bias_is_shown_with_its_sign(value: Fraction, shown: str) -> None:
    assert two_digits(value) == shown
