"""Inputs that fell quiet: a type of facts that has not been seen for three times its usual gap.

Facts come in bursts. A gap is between two days on which some were, and the usual one is the gap
that nineteen of twenty do not exceed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from events.instants import Instant, to_datetime

TIMES = 3
_FEWEST = 5
_OF_TWENTY = 19


@dataclass(frozen=True, slots=True)
class QuietInput:
    """A type that is quiet. `gap`: the usual time between two facts."""

    type: str
    last: Instant
    gap: timedelta


def quiet(seen: Mapping[str, Sequence[Instant]], now: Instant) -> list[QuietInput]:
    """Which types are quiet, by name. `seen`: the times of facts by type, in any order; of facts on
    fewer than five days nothing is usual."""
    inputs = []
    for kind, times in sorted(seen.items()):
        days = sorted({to_datetime(at).date() for at in times})
        if len(days) < _FEWEST:
            continue
        gap = usual_gap([later - earlier for earlier, later in pairwise(days)])
        last = max(times)
        if to_datetime(now) - to_datetime(last) > TIMES * gap:
            inputs.append(QuietInput(kind, last, gap))
    return inputs


def usual_gap(gaps: Sequence[timedelta]) -> timedelta:
    """The shortest of these gaps that nineteen of twenty do not exceed."""
    ordered = sorted(gaps)
    return ordered[-(-_OF_TWENTY * len(ordered) // 20) - 1]
