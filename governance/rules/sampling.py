"""Which decided cases people judge a second time: drawn by a seed, from every stratum.

The same cases and seed give the same sample, whatever order the cases come in.
"""

import hashlib
from collections.abc import Collection, Iterable
from typing import NamedTuple

_UNIT = "\x1f"
_WHOLE = 1_000_000


class Decided(NamedTuple):
    """A decided case. Its stratum is what it was about and how it ended."""

    case_id: str
    about: str
    outcome: str

    @property
    def stratum(self) -> tuple[str, str]:
        """Cases of one stratum are alike."""
        return (self.about, self.outcome)


def seed_of(head: str, quarter: str) -> str:
    """The seed of a quarter's sample: hex SHA-256 of the log's head at that moment, and the
    quarter."""
    return hashlib.sha256(f"{head}{_UNIT}{quarter}".encode()).hexdigest()


def size(cases: int, share: float, at_least: int) -> int:
    """How many of so many cases are drawn: a share of them, rounded up, and no fewer than so many
    as long as there are that many."""
    part = -(-cases * round(share * _WHOLE) // _WHOLE)
    return min(cases, max(part, at_least))


def draw(seed: str, cases: Iterable[Decided], number: int) -> list[Decided]:
    """So many cases, by id. Each stratum gets its share by largest remainder, and one at least as
    long as there are enough: the rare outcomes are what a sample must not miss."""
    strata: dict[tuple[str, str], list[Decided]] = {}
    for case in sorted(cases):
        strata.setdefault(case.stratum, []).append(case)
    drawn: list[Decided] = []
    for stratum, places in _places(seed, strata, number).items():
        drawn += sorted(strata[stratum], key=lambda case: rank(seed, case.case_id))[:places]
    return sorted(drawn)


def judges(seed: str, case_id: str, candidates: Collection[str], number: int) -> list[str]:
    """So many of these people for a case, fewer if there are not as many; by the seed."""
    return sorted(candidates, key=lambda who: (rank(seed, case_id, who), who))[:number]


def rank(seed: str, *names: str) -> str:
    """A place in a random order that a seed and names give."""
    return hashlib.sha256(_UNIT.join((seed, *names)).encode()).hexdigest()


def _places(
    seed: str, strata: dict[tuple[str, str], list[Decided]], number: int
) -> dict[tuple[str, str], int]:
    total = sum(map(len, strata.values()))
    number = min(number, total)
    by_rank = sorted(strata, key=lambda stratum: rank(seed, *stratum))
    places = dict.fromkeys(by_rank, 0)
    # One of each first, of the smallest strata if there are not enough for all.
    for stratum in sorted(by_rank, key=lambda stratum: len(strata[stratum]))[:number]:
        places[stratum] = 1
    while sum(places.values()) < number:
        # The stratum that is furthest below its share gets the next place.
        short = {
            stratum: len(strata[stratum]) * number - places[stratum] * total
            for stratum in by_rank
            if places[stratum] < len(strata[stratum])
        }
        places[max(short, key=short.__getitem__)] += 1
    return places
