"""What eligibility is made of: a node for each criterion of a stage, with how much there is of how
much is asked for.

`as_json` is the form of the export. The facts and awards behind a node are no part of it:
`evidence` works them out when they are asked for.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from engine.fact import Fact
from engine.projections.award import Award
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.criterion import Holding
from engine.rules.criteria.includes_all import IncludesAll
from engine.rules.criteria.points import Points
from engine.rules.millionths import MILLION
from events.instants import Instant

Evidence = tuple[Fact | Award, ...]


class PartsNode(msgspec.Struct, frozen=True):
    """All, any, or a `number` of several parts."""

    kind: Literal["all_of", "any_of", "some_of"]
    met: bool
    number: int | None
    parts: "tuple[EligibilityNode, ...]"

    def as_json(self) -> dict[str, object]:
        """As the export has it."""
        number = {} if self.number is None else {"number": self.number}
        parts = [part.as_json() for part in self.parts]
        return {"kind": self.kind, "met": self.met, **number, "parts": parts}


class AtLeastNode(msgspec.Struct, frozen=True):
    """A measure or indicator against a number. The value is `total / of`, in millionths, and there
    is none of a mean, share or gain where `of` is 0; `sample`: of how many things one of these
    is. `counted`: the facts of the window, in order."""

    asked: AtLeast
    met: bool
    total: int
    of: int
    sample: int | None
    counted: Sequence[Fact]
    shown: Callable[[], Sequence[Fact]]

    @property
    def have(self) -> int | None:
        """The value in whole millionths, None if there is none."""
        return divided(self.total, self.of) if self.of else None

    @property
    def evidence(self) -> Evidence:
        """The facts up to what is asked for; those of a mean, share or gain."""
        return tuple(self.shown())

    def as_json(self) -> dict[str, object]:
        """As the export has it."""
        return {
            "kind": "at_least",
            "of": self.asked.measure.name,
            "met": self.met,
            "have": None if (have := self.have) is None else decimal(have),
            "need": decimal(self.asked.wanted),
            "sample": self.sample,
            "sample_needed": self.asked.sample,
            "months": self.asked.in_last,
        }


class IncludesNode(msgspec.Struct, frozen=True):
    """The values that a distinct measure must have, and those of them that it has. `counted`: the
    facts of the measure, in order."""

    asked: IncludesAll
    met: bool
    have: tuple[object, ...]
    need: tuple[object, ...]
    counted: Sequence[Fact]
    shown: Callable[[], Sequence[Fact]]

    @property
    def evidence(self) -> Evidence:
        """The first fact for each value that is there."""
        return tuple(self.shown())

    def as_json(self) -> dict[str, object]:
        """As the export has it."""
        return {
            "kind": "includes_all",
            "of": self.asked.measure.name,
            "met": self.met,
            "have": list(self.have),
            "need": list(self.need),
        }


class StandingNode(msgspec.Struct, frozen=True):
    """A badge in good standing. `in_force`: the awards that make it so, those of higher stages
    among them."""

    badge: str
    in_force: tuple[Award, ...]

    @property
    def met(self) -> bool:
        """Whether it is."""
        return bool(self.in_force)

    @property
    def until(self) -> Instant | None:
        """The latest end of these awards, of those that end."""
        ends = (award.valid_until for award in self.in_force if award.valid_until is not None)
        return max(ends, default=None)

    @property
    def evidence(self) -> Evidence:
        """The awards."""
        return self.in_force

    def as_json(self) -> dict[str, object]:
        """As the export has it."""
        return {"kind": "in_standing", "of": self.badge, "met": self.met, "until": self.until}


class HoldsNode(msgspec.Struct, frozen=True):
    """A badge that is held, at a level if it has any. `award`: None if it is not."""

    asked: Holding
    award: Award | None

    @property
    def met(self) -> bool:
        """Whether it is held."""
        return self.award is not None

    @property
    def evidence(self) -> Evidence:
        """The award."""
        return () if self.award is None else (self.award,)

    def as_json(self) -> dict[str, object]:
        """As the export has it."""
        badge, level = self.asked
        return {"kind": "holds", "of": badge, "level": level or None, "met": self.met}


class PointsNode(msgspec.Struct, frozen=True):
    """Points, `have` in millionths of millionths: a size times a weight."""

    asked: Points
    have: int
    shown: Callable[[], Sequence[Fact]]

    @property
    def met(self) -> bool:
        """Whether they are enough."""
        return self.have >= self.asked.wanted * MILLION

    @property
    def evidence(self) -> Evidence:
        """The facts up to what is asked for."""
        return tuple(self.shown())

    def as_json(self) -> dict[str, object]:
        """As the export has it."""
        have, need = decimal(divided(self.have, MILLION)), decimal(self.asked.wanted)
        return {"kind": "points", "met": self.met, "have": have, "need": need}


EligibilityNode = PartsNode | AtLeastNode | IncludesNode | StandingNode | HoldsNode | PointsNode


def divided(total: int, of: int) -> int:
    """`total / of`, rounded half to even; `of` is above 0."""
    quotient, rest = divmod(total, of)
    above = rest * 2 - of
    return quotient + (above > 0 or (above == 0 and quotient % 2 == 1))


def decimal(count: int) -> str:
    """So many millionths as a decimal with six digits after the point."""
    whole, rest = divmod(abs(count), MILLION)
    return f"{'-' if count < 0 else ''}{whole}.{rest:06}"
