"""What of a table by group is withheld, so that nobody can be singled out, and so that nothing
withheld can be worked out from what is shown.

A count is withheld if the share that it is the part of rests on fewer than k people, or on one or
two who are in it or not in it. Totals stay, so one withheld count alone would be their difference
to the others: further ones are withheld, the smallest first, until for each there is another table
that is the same in all that is shown and differs in this count. Two counts that may both be
withheld do not suffice for that: if the rest of a total is 0, both are 0.
"""

from collections.abc import Iterator, Mapping, Sequence

from governance.rules.fairness.funnel import PART_OF, STEPS, Counts, FunnelStep

SMALL = range(1, 3)
"""How many people in a count, or not in it, would nearly be known by name."""

Withheld = frozenset[tuple[str, str]]
"""Counts that are not shown: by group, and by name of the count."""


def is_unsafe(part: int, whole: int, k: int) -> bool:
    """Whether a share must not be shown."""
    return whole < k or part in SMALL or whole - part in SMALL


class SuppressedTable:
    """The counts of the groups of one dimension, and which of them are withheld. `part_of`: as in
    `funnel`."""

    def __init__(
        self,
        counts: Mapping[str, Counts],
        k: int,
        steps: Sequence[FunnelStep] = STEPS,
        part_of: Mapping[str, str | None] = PART_OF,
    ) -> None:
        self._counts = counts
        self._k = k
        self._steps = steps
        self._part_of = part_of
        self._parts: dict[str, list[str]] = {name: [] for name in part_of}
        for name, whole in part_of.items():
            if whole is not None:
                self._parts[whole].append(name)
        self._withheld: set[tuple[str, str]] = set()
        for group, name in self._primary():
            self._withhold(group, name)
        while self._withhold_more():
            pass

    @property
    def withheld(self) -> Withheld:
        """The counts that are not shown."""
        return frozenset(self._withheld)

    def is_shown(self, group: str, step: FunnelStep) -> bool:
        """Whether the share of a group is shown."""
        return not {(group, step.part), (group, step.whole)} & self._withheld

    def given_by_total(self, name: str) -> bool:
        """Whether the total alone says a count of every group: nobody, everybody of the whole, or
        one in each that is listed. Nothing could hide that while totals stay."""
        total, whole = self._total(name), self._part_of[name]
        if whole is None:
            return total == len(self._counts)
        return total in (0, self._total(whole))

    def _primary(self) -> Iterator[tuple[str, str]]:
        shared = {step.part for step in self._steps}
        for group, counts in self._counts.items():
            for step in self._steps:
                if is_unsafe(counts[step.part], counts[step.whole], self._k):
                    yield group, step.part
                if counts[step.whole] < self._k and step.whole not in shared:
                    yield group, step.whole

    def _withhold(self, group: str, name: str) -> None:
        """With a count go its parts: nothing of them is shown without it."""
        self._withheld.add((group, name))
        for part in self._parts[name]:
            self._withhold(group, part)

    def _withhold_more(self) -> bool:
        """Withhold the smallest of a row where something can be worked out; False: nothing can."""
        for name in self._part_of:
            hidden = [group for group in self._counts if (group, name) in self._withheld]
            if not hidden or self.given_by_total(name):
                continue
            if all(
                self._is_of_nobody(group, name) or self._may_differ(group, name, hidden)
                for group in hidden
            ):
                continue
            if self._withhold_smallest(name):
                return True
        return False

    def _withhold_smallest(self, name: str) -> bool:
        """Withhold a count of one group more; if it is withheld of all, then what it is a part of:
        a group whose whole is shown as 0 can have nobody in the part. False: all is withheld."""
        shown = [group for group in self._counts if (group, name) not in self._withheld]
        if shown:
            self._withhold(min(shown, key=lambda group: (self._size(group, name), group)), name)
            return True
        whole = self._part_of[name]
        return whole is not None and self._withhold_smallest(whole)

    def _may_differ(self, group: str, name: str, hidden: Sequence[str]) -> bool:
        return any(
            self._moves(one, other, name)
            for each in hidden
            if each != group
            for one, other in ((group, each), (each, group))
        )

    def _is_of_nobody(self, group: str, name: str) -> bool:
        """Whether a count is 0 as a whole that is shown is 0: it is a share of nobody."""
        whole = self._part_of[name]
        while whole is not None:
            if self._counts[group][whole] == 0 and (group, whole) not in self._withheld:
                return True
            whole = self._part_of[whole]
        return False

    def _moves(self, source: str, target: str, name: str) -> bool:
        """Whether one person more of a count in one group, and one less in the other, is a table of
        which the same is shown. Counts that are as high as their whole, or as low as a part, move
        along."""
        moved, waiting = set[str](), [name]
        here, there = self._counts[source], self._counts[target]
        while waiting:
            each = waiting.pop()
            if each in moved:
                continue
            if (
                here[each] <= self._least(each)
                or not {(source, each), (target, each)} <= self._withheld
            ):
                return False
            moved.add(each)
            waiting += [part for part in self._parts[each] if here[part] == here[each]]
            whole = self._part_of[each]
            if whole is not None and there[each] == there[whole]:
                waiting.append(whole)
        return True

    def _least(self, name: str) -> int:
        """What a count is at least: a group that is listed has somebody in it."""
        return 1 if self._part_of[name] is None else 0

    def _size(self, group: str, name: str) -> int:
        return self._counts[group][self._part_of[name] or name]

    def _total(self, name: str) -> int:
        return sum(counts[name] for counts in self._counts.values())
