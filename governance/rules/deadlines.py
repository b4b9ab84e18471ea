"""By when each step of a case is due: local days of the program's calendar, each the last one.

A deadline moves nothing but what is named here as ending by itself: a hearing, the time for an
appeal, a seat that stays silent. Every other step that is late is shown as overdue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.rules.calendar import Calendar
from events.instants import from_datetime
from governance.rules.states import CaseKind, CaseState

HEARING_DAYS = 14
SEAT_DAYS = 10
"""For how many days a seat may stay silent."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How many days each step has, and for how many hours a pack settles."""

    acknowledge: int = 5
    panel: int = 21
    decide: int = 45
    appeal_within: int = 30
    settle_appeal: int = 30
    renewal_opens: int = 90
    grace: int = 90
    settle_hours: int = 72

    @classmethod
    def of(cls, governance: Mapping[str, Any]) -> "Deadlines":
        """The numbers of a policy's `governance`; those that it leaves out have their default."""
        given = {
            name: number
            for name, number in governance.get("deadlines_days", {}).items()
            if name in cls.__dataclass_fields__
        }
        if "settle_hours" in governance:
            given["settle_hours"] = governance["settle_hours"]
        return cls(**given)

    @property
    def settling(self) -> timedelta:
        """How long after it was frozen a pack comes to the desk."""
        return timedelta(hours=self.settle_hours)


def day_of(calendar: Calendar, moment: datetime) -> date:
    """The local day of a moment."""
    return calendar.day(from_datetime(moment))


def last_day(calendar: Calendar, since: datetime, days: int) -> date:
    """The last local day of so many after that of a moment."""
    try:
        return day_of(calendar, since) + timedelta(days=days)
    except OverflowError:
        return date.max


def due_on(
    calendar: Calendar,
    deadlines: Deadlines,
    kind: CaseKind,
    state: CaseState,
    opened_at: datetime,
    since: datetime,
) -> date | None:
    """The last local day of the step that a case is in; None if nothing is due of it any more.

    `since`: when it entered the state. What is to be decided is due by when the case was opened.
    """
    match state:
        case "applied":
            return last_day(calendar, since, deadlines.acknowledge)
        case "acknowledged" | "drawn" | "reviewing" | "closed":
            return last_day(calendar, since, deadlines.panel)
        case "hearing":
            return last_day(calendar, since, HEARING_DAYS)
        case "settling" | "on_desk":
            days = deadlines.settle_appeal if kind == "appeal" else deadlines.decide
            return last_day(calendar, opened_at, days)
        case "decided":
            return last_day(calendar, since, deadlines.appeal_within)
        case "appealed":
            return last_day(calendar, since, deadlines.settle_appeal)
    return None


def is_over(calendar: Calendar, last: date | None, now: datetime) -> bool:
    """Whether the local day of `now` is after the last day of a step."""
    return last is not None and day_of(calendar, now) > last
