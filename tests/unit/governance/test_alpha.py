"""Alpha of ratings, against an implementation that goes through every pair of ratings."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.rules.calibration.alpha import SAMPLES, agreement, alpha_of, draws

Row = list[list[int | None]]

RATINGS = st.integers(1, 6).flatmap(
    lambda anchors: st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=anchors, max_size=anchors),
        min_size=1,
        max_size=6,
    )
)
CLOSE = st.integers(3, 8).flatmap(
    lambda anchors: st.lists(
        st.lists(st.sampled_from([2, 2, 2, 3, 3, None]), min_size=anchors, max_size=anchors),
        min_size=2,
        max_size=7,
    )
)


def naive(ratings: Row) -> Fraction | None:
    """1 - observed / expected disagreement, by definition: over all pairs of ratings of one anchor,
    and over all pairs of ratings at all; the distance of two levels is the square of how many
    ratings lie between them, the two counted half."""
    units = [
        [value for of_rater in ratings if (value := of_rater[anchor]) is not None]
        for anchor in range(len(ratings[0]))
    ]
    paired = [unit for unit in units if len(unit) >= 2]
    every = [value for unit in paired for value in unit]
    amount = Counter(every)

    def distance(a: int, b: int) -> Fraction:
        low, high = min(a, b), max(a, b)
        between = sum(amount[level] for level in range(low, high + 1))
        return (between - Fraction(amount[a] + amount[b], 2)) ** 2

    observed = sum(
        (
            Fraction(1, len(unit) - 1) * distance(a, b)
            for unit in paired
            for a, b in permutations(unit, 2)
        ),
        Fraction(0),
    )
    expected = sum((distance(a, b) for a, b in permutations(every, 2)), Fraction(0))
    if not expected:
        return None
    return 1 - (len(every) - 1) * observed / expected


@settings(max_examples=300, deadline=None)
@given(RATINGS)
def test_it_is_what_the_definition_gives_for_any_ratings(ratings: Row) -> None:
    agree(ratings)


@settings(max_examples=200, deadline=None)
@given(CLOSE)
def test_it_is_what_the_definition_gives_where_hardly_anything_varies(ratings: Row) -> None:
    agree(ratings)


def agree(ratings: Row) -> None:
    ours, theirs = alpha_of(ratings), naive(ratings)
    if theirs is None:
        assert ours is None
    else:
        assert ours is not None
        assert abs(Fraction(ours) - theirs) <= Fraction(1, 1_000_000)


def test_the_example_of_its_author() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, page 8; levels 1 to 5."""
    example = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    lowered = [[None if value is None else value - 1 for value in row] for row in example]
    value = alpha_of(lowered)
    assert value is not None
    assert round(value, 3) == Decimal("0.815")


def test_all_the_same_with_anchors_that_differ_is_full_agreement() -> None:
    assert alpha_of([[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]]) == 1


@pytest.mark.parametrize(
    "ratings",
    [
        [[3, 3, 3], [3, 3, 3]],
        [[3, None, None], [None, 1, 2]],
        [[0, 1, 2, 3]],
        [[None, None], [None, None]],
    ],
    ids=["one level everywhere", "nothing to compare", "one rater", "nobody rated"],
)
def test_it_is_undefined_where_nothing_varies_and_never_one(ratings: Row) -> None:
    result = agreement("growth", ratings, "seed")
    assert (result.alpha, result.low, result.high) == (None, None, None)


@settings(max_examples=4, deadline=None)
@given(CLOSE, st.randoms())
def test_the_order_of_raters_changes_neither_alpha_nor_interval(ratings: Row, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = random.sample(ratings, len(ratings))
    assert agreement("growth", ratings, "seed") == agreement("growth", shuffled, "seed")


def test_the_interval_lies_around_what_most_samples_give() -> None:
    ratings: Row = [
        [0, 1, 2, 3, 4, 2, 1, 3],
        [0, 1, 2, 3, 4, 2, 2, 3],
        [0, 1, 3, 3, 4, 2, 1, 3],
        [1, 1, 2, 3, 4, 3, 1, 3],
    ]
    result = agreement("growth", ratings, "seed")
    assert result.alpha is not None
    assert result.low is not None
    assert result.high is not None
    assert Decimal("0.6") < result.low < result.alpha < result.high <= 1
    other = agreement("growth", ratings, "another seed")
    assert other.alpha == result.alpha


def test_samples_of_anchors_follow_from_the_seed_alone() -> None:
    drawn = list(draws("seed", 8, SAMPLES))
    assert drawn == list(draws("seed", 8, SAMPLES))
    assert drawn != list(draws("other", 8, SAMPLES))
    assert {len(sample) for sample in drawn} == {8}
    often = Counter(number for sample in drawn for number in sample)
    assert all(850 < often[number] < 1_150 for number in range(8)), "each about as often"
    assert len(set(drawn)) > SAMPLES - 5


def test_more_anchors_than_one_digest_has_numbers_for_are_drawn_too() -> None:
    drawn = list(draws("seed", 20, 50))
    assert {len(sample) for sample in drawn} == {20}
    assert {number for sample in drawn for number in sample} == set(range(20))
