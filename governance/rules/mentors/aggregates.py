"""What became of a mentor's learners, so coarse that it says nothing of any of them.

Nothing is shown of fewer than five learners. How many there are is rounded down to fives, so that
a page that is looked at twice does not show what one learner more was like; a mean is rounded to
half points, a share to twentieths.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.rules.millionths import MILLION

LEAST_LEARNERS = 5
HALF, TWENTIETH = MILLION // 2, MILLION // 20


@dataclass(frozen=True, slots=True)
class PublicOutcome:
    """A number about the learners of a mentor. `value`: in millionths, rounded; `learners`: how
    many there are at least."""

    value: int
    learners: int


def rounded(by_learner: Mapping[str, tuple[int, int]], step: int) -> PublicOutcome | None:
    """A mean over what there is of all learners; None of too few of them.

    `by_learner`: of each a sum, in millionths, and of how many things it is; who has none does not
    count. `step`: HALF of a mean, TWENTIETH of a share.
    """
    known = [(total, of) for total, of in by_learner.values() if of]
    if len(known) < LEAST_LEARNERS:
        return None
    total, of = sum(each[0] for each in known), sum(each[1] for each in known)
    return PublicOutcome(_nearest(total, of, step), len(known) - len(known) % LEAST_LEARNERS)


def _nearest(total: int, of: int, step: int) -> int:
    """`total / of` to the nearest whole number of steps; half goes to the even one."""
    whole, rest = divmod(total, of * step)
    above = 2 * rest - of * step
    return (whole + (above > 0 or (above == 0 and whole % 2 == 1))) * step
