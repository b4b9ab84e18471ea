"""Who sits on the bench next: those who served least, by the seed where that says nothing. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.rules.rewards.lottery import rank


@dataclass(frozen=True, slots=True)
class BenchRules:
    """What a policy says of the bench. `new_share`: which part of the seats is for people who never
    sat, as far as there are any; `rest_terms`: in how many terms after one of theirs nobody
    sits."""

    seats: int = 4
    term_months: int = 6
    new_share: float = 0.5
    rest_terms: int = 1

    @classmethod
    def of(cls, governance: Mapping[str, Any]) -> "BenchRules | None":
        """Those of a policy's `governance`; None: it knows no bench."""
        given = governance.get("bench")
        return None if given is None else cls(**given)

    @property
    def for_new(self) -> int:
        """How many seats are for people who never sat: a part of a seat is a whole one."""
        return -(-self.seats * round(self.new_share * 1_000_000) // 1_000_000)


@dataclass(frozen=True, slots=True)
class BenchCandidate:
    """Somebody who offered. `terms`: how many they served; `rests`: they sat so short a while ago
    that they are left out."""

    participant: str
    terms: int
    rests: bool = False


def chosen(seed: str, candidates: Iterable[BenchCandidate], rules: BenchRules) -> tuple[str, ...]:
    """Who is proposed, in the order of the proposal: those who never sat have the seats that are
    for them first, then everybody by fewest terms; the seed orders equals."""
    able = sorted(
        (each for each in candidates if not each.rests),
        key=lambda each: (each.terms, rank(seed, each.participant), each.participant),
    )
    new = [each.participant for each in able if each.terms == 0][: rules.for_new]
    others = [each.participant for each in able if each.participant not in new]
    return tuple((new + others)[: rules.seats])
