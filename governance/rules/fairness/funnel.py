"""The way of mentors through the stages, as counts: of so many, so many came to a step.

Each count is of people, and is at most the count that it is a part of; that is all that a reader of
a report may assume, and what `suppression` keeps in mind.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

Counts = Mapping[str, int]
"""How many, by the name of the count."""

PART_OF: Mapping[str, str | None] = MappingProxyType(
    {
        "mentors": None,
        "eligible": "mentors",
        "applied": "mentors",
        "granted": "applied",
        "due": "granted",
        "renewed": "due",
        "declined": "applied",
        "appealed": "declined",
        "rewarded": "mentors",
    }
)
"""The counts, each with the one that it is a part of; a part stands after its whole."""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A share that is looked at: `part` of `whole`, two counts. `favourable`: more of it is better,
    so groups are compared by it."""

    part: str
    whole: str
    favourable: bool = True


STEPS = (
    FunnelStep("eligible", "mentors"),
    FunnelStep("applied", "mentors"),
    FunnelStep("granted", "applied"),
    FunnelStep("renewed", "due"),
    FunnelStep("rewarded", "mentors"),
    FunnelStep("appealed", "declined", favourable=False),
)


@dataclass(frozen=True, slots=True)
class FunnelPerson:
    """A mentor: the counts that have them, and their group in each dimension."""

    reached: frozenset[str]
    groups: Mapping[str, str]


def reached(named: Collection[str]) -> frozenset[str]:
    """The counts of somebody of whom these are true: nobody counts in a part without its whole."""
    kept: set[str] = {"mentors"}
    for name, whole in PART_OF.items():
        if name in named and whole in kept:
            kept.add(name)
    return frozenset(kept)


def counted(people: Iterable[FunnelPerson], dimension: str | None = None) -> dict[str, Counts]:
    """The counts by group of a dimension, or of everybody as the group ""."""
    by_group: dict[str, Counter[str]] = {}
    for person in people:
        group = "" if dimension is None else person.groups[dimension]
        by_group.setdefault(group, Counter()).update(person.reached)
    return {
        group: {name: counts[name] for name in PART_OF}
        for group, counts in sorted(by_group.items())
    }
