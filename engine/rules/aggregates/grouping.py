"""What `groups` and `streak` share: facts in groups, each group with a value of its own, and which
of them count, since that value has reached `each`.

A value is (size, groups that count, other groups in order, their values). Of a group that counts
nothing more can matter, so its value is forgotten: what is kept of a person is bounded by the
number of periods or names, and mostly far below. These are plain tuples and sets: they hash, they
compare at the speed of C, JSON lists hold them, and they share what does not change. A fact of a
group that counts already gives the very value that was there; another one copies references to the
groups that do not count yet, never their values.
"""

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from engine.fact import Fact
from engine.rules.aggregates.aggregate import Aggregate, Reached, Value
from engine.rules.aggregates.group_sets import GroupSet, NameSet, PeriodSet
from engine.rules.calendar import PERIODS, Calendar
from engine.rules.millionths import MILLION, millionths

Group = Any  # the number of a period, or a name
Grouped = tuple[int, Any, tuple[Group, ...], tuple[Value, ...]]

_PERIODS: GroupSet = PeriodSet()
_NAMES: GroupSet = NameSet()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups facts `by` a period of the calendar or by a field. A group counts when its value of
    `of` has reached `each`."""

    by: str
    of_each: Aggregate
    each: float
    calendar: Calendar
    wanted: int = field(init=False)
    sets: GroupSet = field(init=False, compare=False, repr=False)

    kind: ClassVar[str]
    is_json: ClassVar[bool] = False
    is_brief: ClassVar[bool] = False
    is_monotone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "wanted", millionths(float(self.each)))
        object.__setattr__(self, "sets", _PERIODS if self.by in PERIODS else _NAMES)

    @abstractmethod
    def size_of(self, counting: Any) -> int:
        """The size that this set of groups gives."""

    def grown(self, size: int, counting: Any, other: Grouped) -> int:
        """The size of groups that had `size` before those of `other` were added."""
        return self.size_of(counting)

    @abstractmethod
    def shown(self, counting: Any, latest: Sequence[Group]) -> Any:
        """Of the groups that count, those that show the size that a fact of the groups `latest`
        has just made."""

    @property
    def fields(self) -> tuple[str, ...]:
        own = () if self.sets is _PERIODS else (self.by,)
        return tuple(dict.fromkeys((*own, *self.of_each.fields)))

    @property
    def zero(self) -> Grouped:
        return (0, self.sets.empty, (), ())

    def groups(self, fact: Fact) -> Sequence[Group]:
        """The groups that a fact is in, each once, in order."""
        if self.sets is _PERIODS:
            return (self.calendar.number(self.by, fact.time),)
        names = cast("str | list[str]", fact.data[self.by])
        return (names,) if isinstance(names, str) else sorted(set(names))

    def of(self, fact: Fact, person: str) -> Grouped:
        value = self.of_each.of(fact, person)
        counts = self.of_each.exact(value) >= self.wanted
        if self.sets is _PERIODS:
            number = self.calendar.number(self.by, fact.time)
            return (1, (number, number + 1), (), ()) if counts else (0, (), (number,), (value,))
        groups = self.groups(fact)
        if not counts:
            return (0, self.sets.empty, tuple(groups), (value,) * len(groups))
        counting = self._union(self.sets.alone(group) for group in groups)
        return (self.size_of(counting), counting, (), ())

    def merge(self, one: Grouped, other: Grouped) -> Grouped:
        if len(one[1]) + len(one[2]) < len(other[1]) + len(other[2]):
            one, other = other, one
        counting = self.sets.union(one[1], other[1])
        groups, values = one[2], one[3]
        if counting is not one[1] and groups:
            groups, values = self._without(counting, groups, values)
        if other[2]:
            counting, groups, values = self._with(counting, groups, values, other)
        if counting is not one[1]:
            return (self.grown(one[0], counting, other), counting, groups, values)
        return one if groups is one[2] else (one[0], counting, groups, values)

    def size(self, value: Grouped) -> float:
        return value[0]

    def exact(self, value: Grouped) -> int:
        return value[0] * MILLION

    def brief(self, value: Grouped) -> Grouped:
        return (value[0], self.sets.empty, (), ())

    def values(self, value: Grouped) -> frozenset[object]:
        return frozenset()

    def reached(self, facts: Sequence[Fact], wanted: int, person: str) -> Reached:
        """The groups' first facts, up to those with which they came to count, of the groups that
        show the size."""
        positions: dict[Group, list[int]] = {}
        known: dict[Group, Value] = {}
        counting = self.sets.empty
        for position, fact in enumerate(facts):
            value, groups, before = self.of_each.of(fact, person), self.groups(fact), counting
            for group in groups:
                if not self.sets.has(counting, group):
                    positions.setdefault(group, []).append(position)
                    known[group] = self.of_each.merge(known.get(group, self.of_each.zero), value)
                    if self.of_each.exact(known[group]) >= self.wanted:
                        counting = self.sets.union(counting, self.sets.alone(group))
            if counting is not before and self.size_of(counting) * MILLION >= wanted:
                shown = self.shown(counting, groups)
                theirs = (positions[g] for g in positions if self.sets.has(shown, g))
                evidence = sorted({one for of_group in theirs for one in of_group})
                return Reached(position, [facts[one] for one in evidence])
        raise AssertionError(f"{self.canonical()} of {len(facts)} facts is below {wanted} / 10^6")

    def load(self, stored: Any) -> Grouped:
        size, counting, groups, values = stored
        load = self.of_each.load
        loaded = tuple(values) if self.of_each.is_json else tuple(load(value) for value in values)
        return (size, self.sets.load(counting), tuple(groups), loaded)

    def canonical(self) -> object:
        each = {"by": self.by, "of": self.of_each.canonical(), "each": float(self.each)}
        return {self.kind: each}

    def _union(self, sets: Iterable[Any]) -> Any:
        joined = self.sets.empty
        for one in sets:
            joined = self.sets.union(joined, one)
        return joined

    def _without(
        self, counting: Any, groups: tuple[Group, ...], values: tuple[Value, ...]
    ) -> tuple[tuple[Group, ...], tuple[Value, ...]]:
        """The groups that do not count, with their values."""
        kept = [n for n, group in enumerate(groups) if not self.sets.has(counting, group)]
        if len(kept) == len(groups):
            return groups, values
        return tuple(groups[n] for n in kept), tuple(values[n] for n in kept)

    def _with(
        self,
        counting: Any,
        groups: tuple[Group, ...],
        values: tuple[Value, ...],
        other: Grouped,
    ) -> tuple[Any, tuple[Group, ...], tuple[Value, ...]]:
        """All three with the other's groups that do not count by themselves."""
        new = [
            pair for pair in zip(*other[2:], strict=True) if not self.sets.has(counting, pair[0])
        ]
        if not new:
            return counting, groups, values
        names, theirs = list(groups), list(values)
        for group, value in new:
            place = bisect_left(names, group)
            old = slice(place, place + (place < len(names) and names[place] == group))
            merged = self.of_each.merge(theirs[place], value) if theirs[old] else value
            if self.of_each.exact(merged) < self.wanted:
                names[old], theirs[old] = [group], [merged]
            else:
                counting = self.sets.union(counting, self.sets.alone(group))
                del names[old], theirs[old]
        return counting, tuple(names), tuple(theirs)
