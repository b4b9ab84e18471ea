"""What a load is made of: its size, its shares, and its hot spots."""

from dataclasses import dataclass, fields
from typing import Literal, get_args

BadReason = Literal[
    "mixed", "oversize", "malformed", "forbidden", "unknown_type", "invalid", "future", "conflict"
]
BAD_REASONS: tuple[BadReason, ...] = get_args(BadReason)

_SHARES = ("duplicates", "bad", "retractions", "groups", "hot_loop", "late")


@dataclass(frozen=True, slots=True)
class Load:
    """Parameters of a generated history. Shares are of 1. Raises ValueError for what cannot be."""

    seed: int = 1
    events: int = 200_000
    loops: int | None = None
    """None: a tenth of the events, so about ten events a loop."""
    programs: int = 20
    duplicates: float = 0.02
    bad: float = 0.0
    bad_reason: BadReason = "mixed"
    retractions: float = 0.0
    groups: float = 0.0
    """The share of loops that are groups."""
    group_size: int = 8
    hot_loop: float = 0.0
    """The share of new facts that all happen in one loop."""
    hot_mentor: int = 0
    """How many loops have one and the same mentor, all in one program."""
    late: float = 0.0
    """The share of new facts that are published up to 30 days after they happened."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _SHARES and not 0 <= value <= 1:
                raise ValueError(f"{field.name} is a share, from 0 to 1; it is {value}")
        if self.duplicates + self.bad + self.retractions > 1:
            raise ValueError("duplicates, bad and retractions together exceed 1")
        if self.events < 0 or self.programs < 1 or (self.loops is not None and self.loops < 1):
            raise ValueError("events must not be negative; loops and programs must be 1 or more")
        if not 3 <= self.group_size <= 200:
            raise ValueError(f"a group has 3 to 200 people, not {self.group_size}")
        if not 0 <= self.hot_mentor <= self.loop_count:
            raise ValueError(f"there are {self.loop_count} loops, so hot_mentor is at most that")

    @property
    def loop_count(self) -> int:
        """How many loops there are."""
        return max(1, self.events // 10) if self.loops is None else self.loops
