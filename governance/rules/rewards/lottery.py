"""Who wins a lottery: whose hash of seed and id comes first, of those who are not at rest.

The same people and seed give the same winners, in whatever order the people come, so everybody can
compute them again.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

_UNIT = "\x1f"


def rank(seed: str, *names: str) -> str:
    """A place in the order that a seed gives: hex SHA-256 of the seed and the names, each after
    U+001F."""
    return hashlib.sha256(_UNIT.join((seed, *names)).encode()).hexdigest()


def at_rest(
    won: Mapping[str, Collection[str]], cycles: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Who won in one of these cycles, with those they won in, in order. `won`: who won, by cycle;
    `cycles`: those before the one that is drawn in which a winner rests."""
    resting: dict[str, list[str]] = {}
    for cycle in sorted(cycles):
        for participant in won.get(cycle, ()):
            resting.setdefault(participant, []).append(cycle)
    return {participant: tuple(resting[participant]) for participant in sorted(resting)}


def winners(
    seed: str, eligible: Iterable[str], resting: Collection[str], places: int
) -> tuple[str, ...]:
    """The first so many of those who are eligible and not at rest, in the order of the draw."""
    entered = set(eligible) - set(resting)
    return tuple(sorted(entered, key=lambda who: (rank(seed, who), who))[:places])
