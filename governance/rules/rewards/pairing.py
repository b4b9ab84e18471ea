"""Which experienced mentor each newcomer is paired with. Pure.

Who waits longest chooses first, and gets whom it costs least to be paired with. All numbers are
whole, so that the order in which people come and rounding change nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from events.instants import Instant
from governance.rules.rewards.lottery import rank

DISCIPLINE = 4
HOUR = 2
AGAIN = 3
_MINUTES = 60
_DAY = 24 * _MINUTES


@dataclass(frozen=True, slots=True)
class PairingPerson:
    """Somebody to be paired. `offset`: by how many minutes clocks are ahead of UTC where they are;
    `discipline` None: nobody declared it."""

    participant: str
    discipline: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who waits, since when."""

    person: PairingPerson
    since: Instant


@dataclass(frozen=True, slots=True)
class Senior:
    """Somebody who pairs. `load`: how many pairings they have now."""

    person: PairingPerson
    load: int = 0


@dataclass(frozen=True, slots=True)
class PairingBounds:
    """What is not up to the cost. `capacity`: how many pairings a senior has at most; `before`: how
    often two were paired, by (senior, newcomer); `forbidden`: pairs in conflict, in both orders."""

    capacity: int = 2
    before: Mapping[tuple[str, str], int] | None = None
    forbidden: frozenset[tuple[str, str]] = frozenset()

    @staticmethod
    def capacity_of(governance: Mapping[str, Any]) -> int | None:
        """How many pairings a senior has at most, by a policy's `governance`; None: it pairs
        nobody."""
        given = governance.get("pairing")
        return None if given is None else int(given.get("cap_per_senior", 2))

    def times(self, senior: str, newcomer: str) -> int:
        """How often two were paired before."""
        return 0 if self.before is None else self.before.get((senior, newcomer), 0)


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """A pair. `cost`: in sixtieths, so that a minute of difference counts too."""

    senior: str
    newcomer: str
    cost: int


def cost(senior: PairingPerson, newcomer: PairingPerson, load: int, before: int) -> int:
    """What a pair costs, in sixtieths: 4 for another discipline, 2 for each hour between their
    clocks, 3 for each time they were paired before, and the square of the senior's load."""
    differs = senior.discipline is None or senior.discipline != newcomer.discipline
    return _MINUTES * (
        DISCIPLINE * differs + AGAIN * before + load * load
    ) + HOUR * minutes_between(senior.offset, newcomer.offset)


def minutes_between(one: int, other: int) -> int:
    """How far apart two clocks are, the shorter way round."""
    apart = abs(one - other) % _DAY
    return min(apart, _DAY - apart)


def proposed(
    seed: str, newcomers: Iterable[Newcomer], seniors: Collection[Senior], bounds: PairingBounds
) -> tuple[list[ProposedPair], list[str]]:
    """The pairs, in the order in which newcomers choose; and who stays without, as nobody is left
    for them."""
    load = {each.person.participant: each.load for each in seniors}
    people = {each.person.participant: each.person for each in seniors}
    pairs: list[ProposedPair] = []
    alone: list[str] = []
    for each in sorted(newcomers, key=lambda each: _turn(seed, each)):
        newcomer = each.person
        name = newcomer.participant
        costs = {
            senior: cost(person, newcomer, load[senior], bounds.times(senior, name))
            for senior, person in people.items()
            if load[senior] < bounds.capacity
            and senior != name
            and (senior, name) not in bounds.forbidden
        }
        if not costs:
            alone.append(name)
            continue
        best = min(costs, key=lambda who: (costs[who], rank(seed, name, who), who))
        pairs.append(ProposedPair(best, name, costs[best]))
        load[best] += 1
    return pairs, alone


def _turn(seed: str, newcomer: Newcomer) -> tuple[str, str, str]:
    name = newcomer.person.participant
    return (newcomer.since, rank(seed, name), name)
