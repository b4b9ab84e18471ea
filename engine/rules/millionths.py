"""Numbers as whole millionths.

Doubles do not add associatively, and 0.1 ten times is not 1. So every number that is added or
compared is rounded once, half to even, to a whole number of millionths; from there on all is exact.
"""

import sys
from fractions import Fraction

MILLION = 1_000_000
_EXACT = 2**53
_MOST = int(sys.float_info.max) * MILLION


def millionths(number: float) -> int:
    """A finite number, rounded to a double, in millionths."""
    if isinstance(number, int) and -_EXACT <= number <= _EXACT:
        return number * MILLION
    return round(Fraction(float(number)) * MILLION)


def as_number(count: int) -> float:
    """So many millionths as a number; of more than any double, the largest."""
    return min(count, _MOST) / MILLION
