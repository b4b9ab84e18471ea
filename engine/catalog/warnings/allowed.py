"""Which values a field can have when it meets several tests at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil, floor, inf

from engine.rules.conditions.field_value import FieldValue
from engine.rules.conditions.list_size import ListSize
from engine.rules.event_fields import Field


@dataclass(frozen=True, slots=True)
class Allowed:
    """Values: only those `listed`, if that is not None; numbers from `least` to `most`, and only
    `whole` ones."""

    listed: frozenset[object] | None = None
    least: float = -inf
    most: float = inf
    whole: bool = False

    def has(self, value: object) -> bool:
        """Whether a value is among them."""
        if self.listed is not None and value not in self.listed:
            return False
        if isinstance(value, int | float):
            fits = self.least <= value <= self.most
            return fits and (not self.whole or value == int(value))
        return True

    @property
    def count(self) -> float:
        """How many there are."""
        if self.listed is not None:
            return sum(self.has(value) for value in self.listed)
        if self.whole and self.most < inf and self.least > -inf:
            return max(0, floor(self.most) - ceil(self.least) + 1)
        return inf if self.least < self.most else int(self.least == self.most)

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return self.count == 0

    def met_by(self, test: str, wanted: tuple[str | float, ...]) -> "Allowed":
        """Those of them that meet a test."""
        if test == "at_least":
            return replace(self, least=max(self.least, *map(float, wanted)))
        if test == "at_most":
            return replace(self, most=min(self.most, *map(float, wanted)))
        among = frozenset(wanted)
        return replace(self, listed=among if self.listed is None else self.listed & among)


def allowed(field: Field | None, tests: Iterable[FieldValue | ListSize]) -> Allowed:
    """What the field (its number of entries, for a list) can be where every test is met. Of a
    field that is None, anything."""
    if field is None:
        return Allowed()
    listed = frozenset[object](field.choices) or None
    possible = Allowed(listed, field.least, field.most, field.whole)
    for test in tests:
        possible = possible.met_by(test.test, test.wanted)
    return possible
