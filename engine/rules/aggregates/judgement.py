"""Aggregates whose value may fall: a mean, a share, a gain.

Nothing is folded of them, since a fact could take from people what others earned them. They are
judged as of an instant, over all the facts until then, when an indicator is asked for.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from engine.fact import Fact
from engine.rules.millionths import millionths
from events.instants import Instant


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an aggregate says of some facts. The value is `total / of`, in millionths, and there is
    none where `of` is 0; `sample`: how many things it is over; `evidence`: the facts behind
    it, in the order of facts."""

    total: int
    of: int
    sample: int
    evidence: tuple[Fact, ...]

    def reached(self, wanted: int, sample: int) -> bool:
        """Whether the value is at least `wanted` millionths, over a large enough sample (1 or
        more)."""
        return self.sample >= sample and self.total >= wanted * self.of


class Judged(ABC):
    """One way to judge facts. To a fold, which these are kept from, it has no value."""

    __slots__ = ()

    is_json: ClassVar[bool] = True
    is_brief: ClassVar[bool] = True
    is_monotone: ClassVar[bool] = False
    zero: ClassVar[None] = None

    @property
    @abstractmethod
    def fields(self) -> tuple[str, ...]:
        """The fields it reads. A fact that lacks one of them is not counted."""

    @abstractmethod
    def judge(self, facts: Sequence[Fact], since: Instant | None) -> Judgement:
        """What it says of facts that are counted, in the order of facts. `since`: the first instant
        of the window that it is asked for, None if for all time."""

    @abstractmethod
    def canonical(self) -> object:
        """What it asks for, as JSON values, for the digest."""

    def _never(self, *_: Any) -> NoReturn:
        raise TypeError(f"{self.canonical()} is judged as of an instant and never folded")

    of = merge = size = exact = reached = brief = values = load = _never


def number_in(fact: Fact, field: str) -> int:
    """The number in a field of a fact that has it, in millionths."""
    number = fact.data[field]
    assert isinstance(number, int | float)
    return millionths(number)


def within(facts: Sequence[Fact], since: Instant | None) -> tuple[Fact, ...]:
    """The facts of the window, which has its first instant in it."""
    return tuple(fact for fact in facts if since is None or fact.time >= since)
