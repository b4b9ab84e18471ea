"""How far the shares of groups are apart, and when somebody must look.

Only of what is shown: a share that is withheld is neither compared nor compared with, so nothing
that is worked out here says more than the table does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter
from typing import Literal

from engine.rules.millionths import MILLION

Flag = Literal["none", "amber", "red"]

PValue = Callable[[tuple[int, int], tuple[int, int]], float]
"""The chance that two shares, each a part and its whole, are as far apart as they are."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a difference is looked at. `k`: people a share rests on at least; `ratio`: in
    millionths, below it a share is low; `p`: below it the difference is no chance."""

    k: int
    ratio: int
    p: float

    @classmethod
    def of(cls, fairness: Mapping[str, object]) -> "Thresholds":
        """Those of `governance.fairness` of a policy."""
        ratio = round(float(str(fairness.get("ratio", 0.8))) * MILLION)
        return cls(int(str(fairness.get("k", 5))), ratio, float(str(fairness.get("p", 0.05))))


@dataclass(frozen=True, slots=True)
class ImpactComparison:
    """A share against the highest. `ratio`: of the two; `p`: by Fisher's exact test."""

    ratio: float
    p: float
    flag: Flag


def compared(
    shares: Mapping[str, tuple[int, int]], thresholds: Thresholds, p_value: PValue
) -> dict[str, ImpactComparison]:
    """Each share, a part and its whole, against the highest; nothing where all are 0. Of equally
    high ones the largest whole is compared with."""
    large = {group: share for group, share in shares.items() if share[1] >= thresholds.k}
    if not large:
        return {}
    best = reduce(_higher, large.values())
    if best[0] == 0:
        return {}
    return {group: _compared(share, best, thresholds, p_value) for group, share in large.items()}


def _higher(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    left, right = one[0] * other[1], other[0] * one[1]
    if left == right:
        return max(one, other, key=itemgetter(1))
    return one if left > right else other


def _compared(
    share: tuple[int, int], best: tuple[int, int], thresholds: Thresholds, p_value: PValue
) -> ImpactComparison:
    part, whole = share
    ratio = part * best[1] / (whole * best[0])
    p = p_value(share, best)
    return ImpactComparison(ratio, p, _flag(share, best, thresholds, p))


def _flag(share: tuple[int, int], best: tuple[int, int], thresholds: Thresholds, p: float) -> Flag:
    part, whole = share
    if not _is_low(part, whole, best, thresholds):
        return "none"
    if p < thresholds.p:
        return "red"
    return "amber" if _is_low(part + 1, whole, best, thresholds) else "none"


def _is_low(part: int, whole: int, best: tuple[int, int], thresholds: Thresholds) -> bool:
    return part * best[1] * MILLION < thresholds.ratio * whole * best[0]
