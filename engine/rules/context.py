"""What a rule may need to know to be read, besides its own part of the file."""

from dataclasses import dataclass

from engine.rules.calendar import DEFAULT_CALENDAR, Calendar


@dataclass(frozen=True, slots=True)
class RuleContext:
    """The type of the facts that a rule is over, the calendar of the catalog, and whether the rule
    is an indicator, whose value may fall."""

    event: str
    calendar: Calendar = DEFAULT_CALENDAR
    indicator: bool = False
