"""The draw of a week is held by itself on the first day after the week."""

from events.instants import to_datetime
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.panels import drawing
from governance.panels.drawing import HeldDraw
from governance.rules import deadlines
from governance.rules.panels.problem import Solver
from governance.rules.panels.weeks import Week
from governance.store import draws


def hold_due(sitting: Sitting, program: str, solve: Solver) -> HeldDraw | None:
    """Hold the draw of the last local week that is over, once; applications that were acknowledged
    after it wait for the next one. None: nobody waits, or it was held."""
    calendar = rules_in_force.in_force(sitting, program).calendar
    week = Week.before(deadlines.day_of(calendar, sitting.now))
    intake_ends = to_datetime(calendar.first_instant(week.first_day_after))
    held = any(
        each.held_at >= intake_ends and each.about.split("/")[0] == str(week)
        for each in draws.of_program(sitting.tx, program, ["panels"])
    )
    return None if held else drawing.hold(sitting, program, week, solve, intake_ends)
