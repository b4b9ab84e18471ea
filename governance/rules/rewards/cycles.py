"""Cycles of rewards: a quarter or a year of the program's calendar, as facts name them.

"2026-Q3" is a quarter, "2026" a year; a year that does not begin in January has the name of the
one that its first day is in.
"""

import re
from dataclasses import dataclass
from datetime import date

from engine.rules.calendar import Calendar
from events.instants import Instant

_NAME = re.compile(r"([0-9]{4})(?:-Q([1-4]))?")


class BadCycle(ValueError):
    """A text names no cycle of this length."""


@dataclass(frozen=True, slots=True, order=True)
class RewardCycle:
    """One cycle. `length`: quarter or year; `number`: that of the calendar's period, so neighbours
    differ by one."""

    length: str
    number: int

    @classmethod
    def of_day(cls, calendar: Calendar, length: str, day: date) -> "RewardCycle":
        """The cycle that a local day is in."""
        return cls(length, calendar.number_of_day(length, day))

    @classmethod
    def parse(cls, length: str, text: str) -> "RewardCycle":
        """The cycle of this length that a text names. Raises BadCycle."""
        match = _NAME.fullmatch(text)
        if match is None or match[1] == "0000" or (match[2] is None) != (length == "year"):
            example = "2026" if length == "year" else "2026-Q3"
            raise BadCycle(f"{text!r} is no {length}; write {example}")
        year = int(match[1])
        return cls(length, year if match[2] is None else year * 4 + int(match[2]) - 1)

    def __str__(self) -> str:
        if self.length == "year":
            return f"{self.number:04}"
        return f"{self.number // 4:04}-Q{self.number % 4 + 1}"

    def first_day(self, calendar: Calendar) -> date:
        """Its first local day."""
        return calendar.first_day(self.length, self.number)

    def begins(self, calendar: Calendar) -> Instant:
        """The first instant of its first local day: as of it people are asked for what they hold
        and meet."""
        return calendar.first_instant(self.first_day(calendar))

    def before(self, number: int) -> list["RewardCycle"]:
        """So many cycles right before it, latest first."""
        first = max(self.number - number, 4 if self.length == "quarter" else 1)
        return [RewardCycle(self.length, each) for each in range(self.number - 1, first - 1, -1)]
