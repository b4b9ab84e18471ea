"""`streak`: the longest run of neighbouring periods that each have enough: weeks in a row.

Of the longest one, never of the current one: what is current needs a clock, and ends by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.rules.aggregates import grouping_source, runs
from engine.rules.aggregates.grouping import Group, Grouped, Grouping
from engine.rules.calendar import PERIODS
from engine.rules.context import RuleContext
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class Streak(Grouping):
    """The length of the longest run. What shows it: the facts of the run just completed."""

    kind: ClassVar[str] = "streak"

    def size_of(self, counting: Any) -> int:
        return runs.longest(counting)

    def grown(self, size: int, counting: Any, other: Grouped) -> int:
        """Of one more period, as of a fact: only its own run has become longer."""
        if len(other[1]) == 2 and not other[2]:
            first, end = runs.run_of(counting, other[1][0])
        elif len(other[2]) == 1 and not other[1]:
            first, end = runs.run_of(counting, other[2][0])
        else:
            return runs.longest(counting)
        return max(size, end - first)

    def shown(self, counting: Any, latest: Sequence[Group]) -> Any:
        return runs.run_of(counting, latest[0])


def parse(node: Node, context: RuleContext) -> Streak:
    """Read `aggregate: {streak: {by: PERIOD, of?: AGGREGATE, each?: N}}`."""
    return Streak(*grouping_source.parse(node, "streak", context, by_field=False))


SCHEMA: dict[str, object] = grouping_source.schema("streak", {"enum": list(PERIODS)})
