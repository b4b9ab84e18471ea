"""What a public page says of learners says nothing of any one of them."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.mentors import aggregates
from governance.rules.mentors.aggregates import HALF, TWENTIETH, PublicOutcome

MILLION = 1_000_000
LEARNERS = st.dictionaries(
    st.sampled_from([f"learner-{n}" for n in range(12)]),
    st.tuples(st.integers(-24 * MILLION, 24 * MILLION), st.integers(0, 4)),
)


def of(*totals: int) -> dict[str, tuple[int, int]]:
    """One thing of each learner, with these whole numbers."""
    return {f"l{n}": (total * MILLION, 1) for n, total in enumerate(totals)}


def test_of_four_learners_nothing_is_shown() -> None:
    assert aggregates.rounded(of(4, 4, 4, 4), HALF) is None
    assert aggregates.rounded({**of(4, 4, 4, 4), "none": (0, 0)}, HALF) is None


def test_of_five_the_mean_to_half_a_point() -> None:
    assert aggregates.rounded(of(3, 4, 5, 4, 5), HALF) == PublicOutcome(4 * MILLION, 5)
    assert aggregates.rounded(of(-1, -1, -1, -1, 0), HALF) == PublicOutcome(-MILLION, 5)


def test_the_number_of_learners_is_rounded_down_to_fives() -> None:
    assert aggregates.rounded(of(0, *[1] * 8), TWENTIETH) == PublicOutcome(900_000, 5)
    assert aggregates.rounded(of(*[1] * 10), TWENTIETH) == PublicOutcome(MILLION, 10)


@given(LEARNERS, st.sampled_from([HALF, TWENTIETH]))
def test_it_is_what_a_naive_reading_says(learners: dict[str, tuple[int, int]], step: int) -> None:
    known = {name: each for name, each in learners.items() if each[1]}
    shown = aggregates.rounded(learners, step)
    if len(known) < 5:
        assert shown is None
        return
    mean = Decimal(sum(total for total, _ in known.values())) / sum(n for _, n in known.values())
    steps = (mean / step).quantize(Decimal(1), ROUND_HALF_EVEN)
    assert shown == PublicOutcome(int(steps) * step, len(known) // 5 * 5)


@pytest.mark.parametrize("more", range(1, 5))
def test_one_learner_more_is_not_seen_in_how_many_there_are(more: int) -> None:
    before = aggregates.rounded(of(*[3] * 5), HALF)
    assert aggregates.rounded(of(*[3] * (5 + more)), HALF) == before
