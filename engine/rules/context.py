"""What a rule may need to know to be read, besides its own part of the file."""

from dataclasses import dataclass

from engine.rules.calendar import DEFAULT_CALENDAR, Calendar


@dataclass(frozen=True, slots=True)
class RuleContext:
    """The type of the facts that the rule is over, and the calendar of the catalog."""

    event: str
    calendar: Calendar = DEFAULT_CALENDAR
