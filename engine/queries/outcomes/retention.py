"""How many of the mentors of a year ago are still active."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.queries.outcomes.recorded import Meeting
from engine.rules.calendar import Calendar

ACTIVE_FROM = 2
"""From how many meetings as a mentor somebody is active in a quarter: fair to part-timers."""
YEAR = 4


@dataclass(frozen=True, slots=True)
class Retention:
    """In a quarter, how many of those who were active a year before are active too."""

    stayed: int
    of: int


def active(meetings: Iterable[Meeting], calendar: Calendar) -> dict[int, frozenset[str]]:
    """By number of the quarter, who was active as a mentor."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for meeting in meetings:
        counts[calendar.number("quarter", meeting.at)].update(meeting.mentors)
    return {
        quarter: frozenset(name for name, n in held.items() if n >= ACTIVE_FROM)
        for quarter, held in counts.items()
    }


def retention(active_in: Mapping[int, frozenset[str]], quarter: int) -> Retention:
    """That of a quarter."""
    before = active_in.get(quarter - YEAR, frozenset())
    now = active_in.get(quarter, frozenset())
    return Retention(len(now & before), len(before))


def by_stage(
    active_in: Mapping[int, frozenset[str]], quarter: int, stage_of: Mapping[str, str]
) -> dict[str, Retention]:
    """That of a quarter, by the stage that each had a year before. `stage_of`: of those who had
    one; the others are under ""."""
    before = active_in.get(quarter - YEAR, frozenset())
    now = active_in.get(quarter, frozenset())
    stages = {stage_of.get(name, "") for name in before}
    return {
        stage: Retention(
            sum(name in now and stage_of.get(name, "") == stage for name in before),
            sum(stage_of.get(name, "") == stage for name in before),
        )
        for stage in sorted(stages)
    }


def quarter_name(number: int) -> str:
    """A quarter by its number, such as 2026-Q3."""
    year, index = divmod(number, 4)
    return f"{year}-Q{index + 1}"


def first_day(number: int) -> date:
    """The first day of a quarter."""
    year, index = divmod(number, 4)
    return date(year, index * 3 + 1, 1)
