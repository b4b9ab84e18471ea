"""Facts of a whole program by person, in a temporary file: each content once, for each person where
theirs are."""

import mmap
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from engine.fact import Fact
from engine.intake.content import decode
from engine.projections.eligibility import in_order
from engine.projections.participant_history import FactsOf


class SpilledFacts:
    """Facts added place by place to an empty file, then read person by person."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._map: mmap.mmap | None = None
        self._end = 0
        self._kinds: dict[tuple[int, ...], int] = {}  # the sets of numbers, each by its own
        self._numbers: list[tuple[int, ...]] = []
        self._people: dict[str, tuple[array[int], array[int]]] = {}

    def add(
        self, content: str, names: Iterable[str], counted_for: Mapping[str, Sequence[int]]
    ) -> None:
        """Add a fact by its content, with everybody it names, and the numbers of the measures in
        which it counts for some of them."""
        for name in names:
            if name not in self._people:
                self._people[name] = (array("Q"), array("L"))
        if not counted_for:
            return
        encoded = content.encode()
        for name, numbers in counted_for.items():
            ends, kinds = self._people[name]
            ends.extend((self._end, self._end + len(encoded)))
            kinds.append(self._kind(tuple(numbers)))
        self._file.write(encoded)
        self._end += len(encoded)

    @property
    def names(self) -> list[str]:
        """Everybody, by code point."""
        return sorted(self._people)

    def of(self, name: str) -> FactsOf:
        """A person's facts by number, in order. Nothing can be added any more."""
        ends, kinds = self._people[name]
        theirs: list[tuple[Fact, tuple[int, ...]]] = []
        for position, kind in enumerate(kinds):
            begin, end = ends[2 * position], ends[2 * position + 1]
            fact = decode(self._contents[begin:end])
            assert isinstance(fact, Fact)
            theirs.append((fact, self._numbers[kind]))
        theirs.sort(key=lambda item: in_order(item[0]))
        gathered: FactsOf = {}
        for fact, numbers in theirs:
            for number in numbers:
                gathered.setdefault(number, []).append(fact)
        return gathered

    @property
    def _contents(self) -> mmap.mmap:
        if self._map is None:
            self._file.flush()
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map

    def _kind(self, numbers: tuple[int, ...]) -> int:
        kind = self._kinds.get(numbers)
        if kind is None:
            kind = self._kinds[numbers] = len(self._numbers)
            self._numbers.append(numbers)
        return kind
