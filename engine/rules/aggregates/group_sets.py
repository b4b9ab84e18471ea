"""Sets of groups: of periods by their numbers, as runs, and of names."""

from typing import Any, Protocol

from engine.rules.aggregates import runs
from engine.rules.aggregates.runs import Runs


class GroupSet(Protocol):
    """How a set of groups is kept: a plain value that is hashable, and a list as JSON."""

    @property
    def empty(self) -> Any:
        """The set of no groups."""

    def alone(self, group: Any) -> Any:
        """The set of one group."""

    def union(self, one: Any, other: Any) -> Any:
        """The groups of both. The very same value as `one` if it has all of them."""

    def has(self, groups: Any, group: Any) -> bool:
        """Whether a group is in the set."""

    def total(self, groups: Any) -> int:
        """How many groups there are."""

    def load(self, stored: Any) -> Any:
        """A set as it comes back from JSON."""


class PeriodSet:
    """Periods as the runs of their numbers: a year of busy weeks without a break is two numbers."""

    empty: Runs = ()

    def alone(self, group: int) -> Runs:
        return (group, group + 1)

    def union(self, one: Runs, other: Runs) -> Runs:
        return runs.union(one, other)

    def has(self, groups: Runs, group: int) -> bool:
        return runs.has(groups, group)

    def total(self, groups: Runs) -> int:
        return runs.total(groups)

    def load(self, stored: Any) -> Runs:
        return tuple(stored)


class NameSet:
    """Groups that a field names."""

    empty: frozenset[str] = frozenset()

    def alone(self, group: str) -> frozenset[str]:
        return frozenset((group,))

    def union(self, one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
        return one if other <= one else one | other

    def has(self, groups: frozenset[str], group: str) -> bool:
        return group in groups

    def total(self, groups: frozenset[str]) -> int:
        return len(groups)

    def load(self, stored: Any) -> frozenset[str]:
        return frozenset(stored)
