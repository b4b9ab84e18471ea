"""Krippendorff's alpha of ordinal ratings, and how sure it is. Only the process and commands import
this: it needs libraries that pages do without."""

import hashlib
import math
import struct
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

import krippendorff
import numpy as np
from numpy.typing import NDArray

from governance.rules.calibration.agreement import RowAgreement

LEVELS = 5
SAMPLES = 1_000
_TAIL = 0.025
_SIX_DIGITS = Decimal("0.000001")

RatingsOfRow = Sequence[Sequence[int | None]]
"""By rater, then by anchor; None where somebody did not rate an anchor."""


def agreement(row: str, ratings: RatingsOfRow, seed: str) -> RowAgreement:
    """How far raters agree on a row. `seed`: by which samples of the anchors are drawn; the same
    gives the same interval, whatever the order of raters."""
    counts = _counts(ratings)
    given = int(counts.sum())
    value = alpha_of(ratings)
    if value is None:
        return RowAgreement(row, None, None, None, given)
    low, high = _interval(counts, f"{seed}\x1f{row}")
    return RowAgreement(row, value, low, high, given)


def alpha_of(ratings: RatingsOfRow) -> Decimal | None:
    """Alpha rounded to six digits; None: nothing varies among what can be compared."""
    value = _alpha(_counts(ratings))
    return None if value is None else _rounded(value)


def _alpha(counts: NDArray[np.int64]) -> float | None:
    """Of how many raters gave each anchor each level. An anchor with one rating has nothing to be
    compared with, and one level everywhere gives no alpha at all, never 1."""
    paired = counts[counts.sum(axis=1) >= 2]
    if np.count_nonzero(paired.sum(axis=0)) < 2:
        return None
    value = krippendorff.alpha(
        value_counts=paired, value_domain=list(range(LEVELS)), level_of_measurement="ordinal"
    )
    return float(value) if math.isfinite(value) else None


def _interval(counts: NDArray[np.int64], seed: str) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """The middle 95 of 100 samples of the anchors; undefined if it is in most samples."""
    values = sorted(
        value
        for drawn in draws(seed, len(counts), SAMPLES)
        if (value := _alpha(counts[list(drawn)])) is not None
    )
    if 2 * len(values) < SAMPLES:
        return None, None
    last = len(values) - 1
    return _rounded(values[round(_TAIL * last)]), _rounded(values[round((1 - _TAIL) * last)])


def draws(seed: str, of: int, times: int) -> Iterator[tuple[int, ...]]:
    """So many samples of numbers below `of`, each as many as there are, with repetition: from
    SHA-256 of seed and number, so that every machine draws the same."""
    for time in range(times):
        drawn: list[int] = []
        block = 0
        while len(drawn) < of:
            text = f"{seed}\x1f{time}\x1f{block}".encode()
            drawn += [number % of for number in struct.unpack(">8I", hashlib.sha256(text).digest())]
            block += 1
        yield tuple(drawn[:of])


def _counts(ratings: RatingsOfRow) -> NDArray[np.int64]:
    anchors = max((len(of_rater) for of_rater in ratings), default=0)
    counts = np.zeros((anchors, LEVELS), dtype=np.int64)
    for of_rater in ratings:
        for anchor, rating in enumerate(of_rater):
            if rating is not None:
                counts[anchor, rating] += 1
    return counts


def _rounded(value: float) -> Decimal:
    return Decimal(value).quantize(_SIX_DIGITS, ROUND_HALF_EVEN) + 0
