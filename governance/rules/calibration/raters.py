"""How far somebody's ratings are from those that anchors were given by consensus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from governance.rules.calibration.terms import FEWEST_FOR_BIAS, CalibrationTerms

Ratings = Mapping[str, int]
"""Ratings 0 to 4 of one anchor, by row."""
RaterFinding = Literal["passed", "coached", "too_few"]
"""What follows: they may review; they are coached first; they rated too few anchors to say."""

_LEAST_EXACT = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class RowBias:
    """Of one row: the sum of rating minus anchor, and how many ratings were the anchor's own, of
    so many."""

    row: str
    sum: int
    exact: int
    of: int

    @property
    def mean(self) -> Fraction:
        """The bias of the row; 0 without a rating."""
        return Fraction(self.sum, self.of) if self.of else Fraction(0)


@dataclass(frozen=True, slots=True)
class RaterResult:
    """What a rater's ratings of so many anchors come to. Nothing is ever adjusted by it."""

    anchors: int
    rows: tuple[RowBias, ...]

    @property
    def bias(self) -> Fraction | None:
        """The mean of rating minus anchor over all rows; None without a rating."""
        of = sum(row.of for row in self.rows)
        return Fraction(sum(row.sum for row in self.rows), of) if of else None

    @property
    def exact(self) -> Fraction | None:
        """The share of ratings that are the anchor's own; None without a rating."""
        of = sum(row.of for row in self.rows)
        return Fraction(sum(row.exact for row in self.rows), of) if of else None

    def finding(self, terms: CalibrationTerms) -> RaterFinding:
        """What follows from it: at the limit itself one passes."""
        if self.anchors < FEWEST_FOR_BIAS or self.bias is None or self.exact is None:
            return "too_few"
        off = abs(self.bias) > Fraction(terms.bias) or self.exact < _LEAST_EXACT
        return "coached" if off else "passed"


def result_of(
    rows: Sequence[str], given: Mapping[str, Ratings], anchors: Mapping[str, Ratings]
) -> RaterResult:
    """Compare what somebody rated with the anchors, by anchor id; an anchor that they did not rate,
    or that is not there any more, is left out."""
    both = [(given[anchor], anchors[anchor]) for anchor in sorted(given.keys() & anchors.keys())]
    return RaterResult(len(both), tuple(_row(row, both) for row in rows))


def _row(row: str, both: Sequence[tuple[Ratings, Ratings]]) -> RowBias:
    off = [rated[row] - anchor[row] for rated, anchor in both if row in rated and row in anchor]
    return RowBias(row, sum(off), off.count(0), len(off))


def two_digits(value: Fraction) -> str:
    """A bias for the eye: "+0.25", "-0.50", "0.00"; half even."""
    rounded = Decimal(round(value * 100)) / 100
    return f"{rounded:+.2f}" if rounded else "0.00"
