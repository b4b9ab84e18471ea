"""A line of a checklist as people may see it."""

from collections.abc import Callable
from typing import TypeVar

from engine.queries.checklist import LEAST_SHOWN, ChecklistLine, ReviewPanel
from engine.queries.recognition import last_day as last_day_of
from engine.rules.calendar import Calendar
from events.instants import Instant
from events.schemas.survey_submitted import SurveySubmitted
from governance.packs.lines import GroundLine
from web.views.progress import LineShown

_WITHOUT_AMOUNT = ("in_standing", "holds", "all_of", "any_of", "some_of")
Line = TypeVar("Line", ChecklistLine, GroundLine)


def shown(calendar: Calendar, line: ChecklistLine) -> LineShown:
    """A line. A mean that would say what a single person wrote is withheld."""
    return shown_unless(_tells_one, calendar, line)


def shown_unless(tells_one: Callable[[Line], bool], calendar: Calendar, line: Line) -> LineShown:
    """A line, today's or a frozen one. `tells_one`: whether what it has is to be withheld."""
    withheld = line.have is not None and tells_one(line)
    has_amount = line.kind not in _WITHOUT_AMOUNT
    return LineShown(
        line=line.key,
        kind=line.kind,
        of=line.of,
        title=line.title,
        words=line.words,
        met=line.met,
        have=line.have if has_amount and not withheld else None,
        need=line.need if has_amount else None,
        percent=0 if withheld else _percent(line),
        withheld=withheld,
        aggregate=line.aggregate,
        event=line.event,
        by=line.by,
        each=line.each,
        sample=line.sample,
        sample_needed=line.sample_needed,
        panels=line.panels,
        months=line.months,
        values=[*line.values],
        missing=[*line.missing],
        until=line.until,
        last_day=last_day(calendar, line.until),
        number=line.number,
        facts=len(line.evidence),
        parts=[shown_unless(tells_one, calendar, part) for part in line.parts],
    )


def last_day(calendar: Calendar, ends: Instant | None) -> str | None:
    """The last day of what ends at an instant, as a date."""
    return None if ends is None else last_day_of(calendar, ends).isoformat()


def _tells_one(line: ChecklistLine) -> bool:
    """Whether what a mean is could be the opinion of a single person, or give one away next to the
    means of whole panels."""
    if line.aggregate != "mean":
        return False
    panels = [item for item in line.evidence if isinstance(item, ReviewPanel)]
    if line.event == SurveySubmitted.TYPE:
        return (line.sample or 0) < LEAST_SHOWN
    return any(panel.reviews < LEAST_SHOWN for panel in panels)


def _percent(line: ChecklistLine | GroundLine) -> int:
    """How much of what is needed is there; all of it only where it is."""
    have, need = line.have_millionths, line.need_millionths
    enough = line.sample_needed is None or (line.sample or 0) >= line.sample_needed
    if have is None:
        return 0
    if have >= need:
        return 100 if line.met or not enough else 99
    return max(0, 100 * have // need) if need > 0 else 0
