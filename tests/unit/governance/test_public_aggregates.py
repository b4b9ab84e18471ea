"""What a public page says of learners says nothing of any one of them."""

from decimal import ROUND_HALF_EVEN, Decimal

from hypothesis import given
from hypothesis import strategies as st

from governance.rules.mentors import aggregates
from governance.rules.mentors.aggregates import PublicOutcome

MILLION = 1_000_000
GAINS = st.dictionaries(
    st.sampled_from([f"learner-{n}" for n in range(12)]),
    st.lists(st.integers(-24, 24).map(lambda n: n * MILLION), max_size=3),
)
MET = st.dictionaries(
    st.sampled_from([f"learner-{n}" for n in range(12)]), st.lists(st.booleans(), max_size=6)
)


def test_of_four_learners_nothing_is_shown() -> None:
    assert aggregates.mean_of({f"l{n}": [4 * MILLION] for n in range(4)}) is None
    assert aggregates.share_of({f"l{n}": [True] * 9 for n in range(4)}) is None


def test_of_five_the_mean_to_half_a_point() -> None:
    gains = {"a": [3 * MILLION], "b": [4 * MILLION], "c": [5 * MILLION], "d": [4 * MILLION]}
    assert aggregates.mean_of({**gains, "e": [5 * MILLION]}) == PublicOutcome(4 * MILLION, 5)
    assert aggregates.mean_of({**gains, "e": []}) is None


def test_the_number_of_learners_is_rounded_down_to_fives() -> None:
    shown = aggregates.share_of({f"l{n}": [n > 0] for n in range(9)})
    assert shown == PublicOutcome(900_000, 5)


@given(GAINS)
def test_a_mean_is_what_a_naive_reading_says(gains: dict[str, list[int]]) -> None:
    numbers = [Decimal(number) / MILLION for of_one in gains.values() for number in of_one]
    people = sum(bool(of_one) for of_one in gains.values())
    shown = aggregates.mean_of(gains)
    if people < 5:
        assert shown is None
        return
    mean = sum(numbers, Decimal()) / len(numbers)
    halves = (mean * 2).quantize(Decimal(1), ROUND_HALF_EVEN)
    assert shown == PublicOutcome(int(halves * MILLION / 2), people // 5 * 5)


@given(MET)
def test_a_share_is_a_whole_number_of_twentieths(met: dict[str, list[bool]]) -> None:
    shown = aggregates.share_of(met)
    if shown is not None:
        known = [one for of_one in met.values() for one in of_one]
        assert shown.value % 50_000 == 0
        assert abs(shown.value - Decimal(sum(known)) / len(known) * MILLION) <= 25_000
