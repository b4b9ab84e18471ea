"""What became of a mentor's learners, so coarse that it says nothing of any of them.

Nothing is shown of fewer than five learners. How many there are is rounded down to fives, so that
a page that is looked at twice does not show what one learner more was like; a mean is rounded to
half points, a share to twentieths.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.rules.millionths import MILLION

LEAST_LEARNERS = 5
_HALF, _TWENTIETH = MILLION // 2, MILLION // 20


@dataclass(frozen=True, slots=True)
class PublicOutcome:
    """A number about the learners of a mentor. `value`: in millionths, rounded; `learners`: how
    many there are at least."""

    value: int
    learners: int


def mean_of(by_learner: Mapping[str, Collection[int]]) -> PublicOutcome | None:
    """The mean over all numbers, in millionths, of each learner; None of too few learners."""
    numbers = [number for of_one in by_learner.values() for number in of_one]
    return _outcome(sum(numbers), len(numbers), len([n for n in by_learner.values() if n]), _HALF)


def share_of(by_learner: Mapping[str, Collection[bool]]) -> PublicOutcome | None:
    """The share of what is true, over all of each learner; None of too few learners."""
    known = [is_met for of_one in by_learner.values() for is_met in of_one]
    learners = len([n for n in by_learner.values() if n])
    return _outcome(sum(known) * MILLION, len(known), learners, _TWENTIETH)


def _outcome(total: int, of: int, learners: int, step: int) -> PublicOutcome | None:
    if learners < LEAST_LEARNERS:
        return None
    return PublicOutcome(_nearest(total, of, step), learners - learners % LEAST_LEARNERS)


def _nearest(total: int, of: int, step: int) -> int:
    """`total / of` to the nearest whole number of steps; half goes to the even one."""
    whole, rest = divmod(total, of * step)
    above = 2 * rest - of * step
    return (whole + (above > 0 or (above == 0 and whole % 2 == 1))) * step
