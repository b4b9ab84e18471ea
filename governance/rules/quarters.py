"""Quarters of a year, as audits name them: "2026-Q3"."""

import re
from datetime import date
from typing import NamedTuple

_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


class BadQuarter(ValueError):
    """A text names no quarter."""


class Quarter(NamedTuple):
    """A quarter: three months of a year, by local days. `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """The quarter that a text names. Raises BadQuarter."""
        match = _QUARTER.fullmatch(text)
        if match is None or match[1] == "0000":
            raise BadQuarter(f"{text!r} is no quarter; write 2026-Q3")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def before(cls, day: date) -> "Quarter":
        """The last one that was over on a day."""
        number = (day.month - 1) // 3
        return cls(day.year, number) if number else cls(day.year - 1, 4)

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    def covers(self, day: date) -> bool:
        """Whether a day is of it."""
        return (day.year, (day.month + 2) // 3) == (self.year, self.number)
