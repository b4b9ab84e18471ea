"""Median and quartiles, as everybody computes them: inclusive, over learners."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from statistics import quantiles

FEWEST = 5
"""Over how many learners a figure is shown to others: below it, it would say who has what."""


@dataclass(frozen=True, slots=True)
class Quartiles:
    """What is usual: the quartiles of `n` values."""

    n: int
    low: Fraction
    median: Fraction
    high: Fraction

    @property
    def shown(self) -> bool:
        """Whether it is over enough learners to be shown to anybody but themselves."""
        return self.n >= FEWEST


def spread(values: Collection[int | Fraction]) -> Quartiles | None:
    """The quartiles of values; None of none. One value is its own quartiles."""
    exact = [Fraction(value) for value in values]
    if not exact:
        return None
    if len(exact) == 1:
        return Quartiles(1, exact[0], exact[0], exact[0])
    low, median, high = quantiles(exact, n=4, method="inclusive")
    return Quartiles(len(exact), low, median, high)


def shown(values: Collection[int | Fraction]) -> Quartiles | None:
    """The same, where it may be shown."""
    usual = spread(values)
    return usual if usual is not None and usual.shown else None
