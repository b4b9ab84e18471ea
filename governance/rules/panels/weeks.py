"""Weeks of draws: ISO weeks of local days, such as "2026-W48". Pure."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")


class BadWeek(ValueError):
    """A text names no week."""


class Week(NamedTuple):
    """An ISO week, from Monday to Sunday."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Week":
        """The week that a text names. Raises BadWeek."""
        match = _WEEK.fullmatch(text)
        if match is not None:
            week = cls(int(match[1]), int(match[2]))
            try:
                date.fromisocalendar(week.year, week.number, 1)
            except ValueError:
                pass
            else:
                return week
        raise BadWeek(f"{text!r} is no week; write 2026-W48")

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that a day is in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def before(cls, day: date) -> "Week":
        """The last one that was over on a day."""
        return cls.of(day - timedelta(days=7))

    @property
    def first_day_after(self) -> date:
        """The Monday after it, on which its draw is held."""
        return date.fromisocalendar(self.year, self.number, 1) + timedelta(days=7)

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"
