"""What the process does with libraries that pages do without: it compares what raters gave, and
publishes fairness reports."""

from datetime import date

from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES
from governance.calibration import comparing
from governance.cases import rules_in_force
from governance.committee import Committee
from governance.fairness import publishing
from governance.rules import deadlines

log = logger(__name__)


class ComputedWork:
    """Calibrations that are closed are held; once a day each program is asked whether a report is
    due. Done again by a process that starts: it changes nothing then."""

    def __init__(self) -> None:
        self._done: dict[str, date] = {}

    def __call__(self, committee: Committee) -> None:
        """Do what is due. A program that fails is tried again tomorrow.

        Raises:
            DatabaseUnreachable
        """
        comparing.hold_due(committee)
        with committee.sitting() as sitting:
            programs = list(sitting.engine.programs())
        for program in programs:
            try:
                self._publish(committee, program)
            except DATABASE_OUTAGES:
                self._done.pop(program, None)
                raise
            except Exception as error:
                log.error(
                    "the fairness report of a program failed", program=program, exc_info=error
                )

    def _publish(self, committee: Committee, program: str) -> None:
        with committee.sitting() as sitting:
            calendar = rules_in_force.in_force(sitting, program).calendar
            today = deadlines.day_of(calendar, sitting.now)
            if self._done.get(program) != today:
                self._done[program] = today
                publishing.publish_due(sitting, program)
