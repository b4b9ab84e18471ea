"""The domain's values: a place, a fact at a place, a retraction of a fact.

These are plain values. They are made by intake (from a record) or by the store (from a ledger
row), and never change. Of most there are one per event: a msgspec struct is made in a tenth of the
time of a frozen dataclass.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from events.instants import Instant


class Place(NamedTuple):
    """Where a fact belongs: a loop or, where it has none, its participant.

    Exactly one of `loop` and `participant` is set; the two kinds of place are never equal.
    """

    program: str
    loop: str | None
    participant: str | None

    @classmethod
    def of(cls, data: Mapping[str, Any], person: str) -> "Place":
        """The place of a fact with this data. `person`: the field that names it without a loop."""
        loop = data.get("loop_id")
        return cls(data["program_id"], loop, None if loop else data[person])

    def __str__(self) -> str:
        where = f"loop {self.loop}" if self.loop is not None else f"participant {self.participant}"
        return f"{where} of program {self.program}"


class Fact(msgspec.Struct, frozen=True, gc=False):
    """The thing an activity event reports, under its natural key.

    `data` holds the recognised fields in their normal form (id lists sorted, numbers by value,
    absent optional fields left out) and never a private field.
    """

    place: Place
    type: str
    id: str
    time: Instant
    data: Mapping[str, object]

    @property
    def order(self) -> tuple[str, str, str, str]:
        """The order of facts wherever order shows: time, type, id, loop (no loop is "")."""
        return (self.time, self.type, self.id, self.place.loop or "")


def group_by_place(facts: Iterable[Fact]) -> dict[Place, list[Fact]]:
    """Facts by their place, in the order given."""
    grouped: dict[Place, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.place, []).append(fact)
    return grouped


class Retraction(msgspec.Struct, frozen=True, gc=False):
    """Takes the fact of the same key out, as if it had never been."""

    place: Place
    fact_type: str
    fact_id: str
    time: Instant

    @property
    def order(self) -> tuple[str, str, str]:
        """The order among retractions, which decides the cause of a revocation."""
        return (self.time, self.fact_type, self.fact_id)
