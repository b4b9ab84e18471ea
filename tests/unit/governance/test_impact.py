"""When a difference between groups is looked at: by exact ratios, intervals and Fisher's test."""

from fractions import Fraction
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.fairness.comparing import Flag, Thresholds, compared
from governance.rules.fairness.significance import fisher, wilson
from tests.support.examples import examples

AT = Thresholds(k=5, ratio=800_000, p=0.05)
SHARES = st.integers(1, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
_Z = 1.959963984540054


def naive_fisher(one: tuple[int, int], other: tuple[int, int]) -> Fraction:
    """The chance of every table with these margins that is no likelier than this one."""
    (a, n), (b, m) = one, other
    whole = comb(n + m, a + b)
    chances = [
        Fraction(comb(n, k) * comb(m, a + b - k), whole)
        for k in range(max(0, a + b - m), min(n, a + b) + 1)
    ]
    mine = Fraction(comb(n, a) * comb(m, b), whole)
    return sum((chance for chance in chances if chance <= mine), Fraction())


def naive_flag(share: tuple[int, int], best: tuple[int, int]) -> Flag:
    rates = [Fraction(part, share[1]) / Fraction(*best) for part in (share[0], share[0] + 1)]
    low, still_low = (rate < Fraction(8, 10) for rate in rates)
    if low and naive_fisher(share, best) < Fraction(5, 100):
        return "red"
    return "amber" if low and still_low else "none"


@examples(200)
@given(SHARES, SHARES)
def test_fishers_test_is_the_sum_of_tables_that_are_no_likelier(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    assert fisher(one, other) == pytest.approx(float(naive_fisher(one, other)), rel=1e-6)


@examples(100)
@given(SHARES)
def test_the_interval_is_wilsons(share: tuple[int, int]) -> None:
    part, whole = share
    rate = part / whole
    middle = (rate + _Z**2 / (2 * whole)) / (1 + _Z**2 / whole)
    half = _Z / (1 + _Z**2 / whole) * sqrt(rate * (1 - rate) / whole + _Z**2 / (4 * whole**2))
    assert wilson(part, whole) == pytest.approx((middle - half, middle + half), abs=1e-6)


@examples(200)
@given(st.dictionaries(st.sampled_from("abcdef"), SHARES, min_size=1))
def test_flags_are_those_of_a_naive_reading(shares: dict[str, tuple[int, int]]) -> None:
    found = compared(shares, AT, fisher)
    large = {group: share for group, share in shares.items() if share[1] >= AT.k}
    highest = max((Fraction(*share) for share in large.values()), default=Fraction())
    if not highest:
        assert found == {}
        return
    best = max((s for s in large.values() if Fraction(*s) == highest), key=lambda share: share[1])
    assert found.keys() == large.keys()
    for group, share in large.items():
        assert found[group].ratio == pytest.approx(float(Fraction(*share) / highest))
        assert found[group].flag == naive_flag(share, best), (share, best)


@pytest.mark.parametrize(
    ("share", "best", "flag"),
    [
        ((8, 10), (10, 10), "none"),  # 0.8 is not below 0.8
        ((3, 6), (5, 5), "amber"),  # one more is 4 of 6, still low
        ((7, 10), (10, 10), "none"),  # one more is enough
        ((4, 20), (18, 20), "red"),
        ((0, 4), (10, 10), None),  # too few to compare
    ],
)
def test_a_share_beside_the_highest(
    share: tuple[int, int], best: tuple[int, int], flag: Flag | None
) -> None:
    found = compared({"one": share, "best": best}, AT, fisher).get("one")
    assert (found and found.flag) == flag


def test_where_nobody_came_nothing_is_compared() -> None:
    assert compared({"one": (0, 10), "two": (0, 20)}, AT, fisher) == {}


def test_thresholds_are_those_of_the_policy() -> None:
    assert Thresholds.of({"k": 10, "ratio": 0.75, "p": 0.01}) == Thresholds(10, 750_000, 0.01)
    assert Thresholds.of({}) == AT
