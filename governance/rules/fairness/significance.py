"""Intervals of shares, and how likely a difference of two is by chance.

SciPy is imported where it is asked: that takes a second, which commands that compare no shares do
without.
"""

from typing import NamedTuple


class ShareInterval(NamedTuple):
    """Where a share may really be, with 95%: Wilson's interval."""

    low: float
    high: float


def wilson(part: int, whole: int) -> ShareInterval:
    """The interval of a share; `whole` is above 0."""
    from scipy.stats import binomtest

    interval = binomtest(part, whole).proportion_ci(confidence_level=0.95, method="wilson")
    return ShareInterval(float(interval.low), float(interval.high))


def fisher(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Fisher's exact test, two-sided, of two shares, each a part and its whole."""
    from scipy.stats import fisher_exact

    table = [[part, whole - part] for part, whole in (one, other)]
    return float(fisher_exact(table, alternative="two-sided").pvalue)
