"""The calendar of a program: what a day, a week and a year are to it.

It stands in the catalog, so it is part of what decides. Without one a program goes by UTC, weeks
begin on Monday and years on 1 January.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """A time zone by its IANA name, the weekday that begins a week, and the month and day that
    begin a year."""

    zone: str = "UTC"
    week_begins: str = "monday"
    year_begins: str = "01-01"
