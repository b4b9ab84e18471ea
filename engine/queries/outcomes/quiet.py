"""Inputs that fell quiet: a type of facts that has not been seen for three times its usual gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from events.instants import Instant, to_datetime

TIMES = 3
_FEWEST = 5
_SHORTEST = timedelta(days=1)
"""No usual gap is shorter: several facts of one hour are one occasion."""


@dataclass(frozen=True, slots=True)
class QuietInput:
    """A type that is quiet. `gap`: the usual time between two facts."""

    type: str
    last: Instant
    gap: timedelta


def quiet(seen: Mapping[str, Sequence[Instant]], now: Instant) -> list[QuietInput]:
    """Which types are quiet, by name. `seen`: the times of facts by type, in any order; of fewer
    than five nothing is usual."""
    inputs = []
    for kind, times in sorted(seen.items()):
        if len(times) < _FEWEST:
            continue
        ordered = sorted(map(to_datetime, times))
        gaps = sorted(later - earlier for earlier, later in pairwise(ordered))
        gap = max(_middle(gaps), _SHORTEST)
        if to_datetime(now) - ordered[-1] > TIMES * gap:
            inputs.append(QuietInput(kind, max(times), gap))
    return inputs


def _middle(gaps: Sequence[timedelta]) -> timedelta:
    """The median, in whole microseconds."""
    middle = len(gaps) // 2
    return gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2
