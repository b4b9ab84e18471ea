"""What is done once a local day for each program whose committee decides something."""

from datetime import date

from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES
from governance import renewals
from governance.audit import daily
from governance.cases import rules_in_force
from governance.committee import Committee
from governance.rules import deadlines

log = logger(__name__)


class DailyWork:
    """Renewals open, and decisions in force are audited. Done again by a process that starts: it
    changes nothing then."""

    def __init__(self, committee: Committee) -> None:
        self._committee = committee
        self._done: dict[str, date] = {}

    def step(self) -> int:
        """Do what is due; gives for how many programs. One that fails is tried again tomorrow.

        Raises:
            DatabaseUnreachable
        """
        with self._committee.sitting() as sitting:
            programs = list(sitting.engine.programs())
        done = 0
        for program in programs:
            try:
                done += self._of_program(program)
            except DATABASE_OUTAGES:
                self._done.pop(program, None)
                raise
            except Exception as error:
                log.error("the daily work of a program failed", program=program, exc_info=error)
        return done

    def _of_program(self, program: str) -> bool:
        with self._committee.sitting() as sitting:
            rules = rules_in_force.in_force(sitting, program)
            today = deadlines.day_of(rules.calendar, sitting.now)
            if self._done.get(program) == today:
                return False
            self._done[program] = today
            if not rules.matters():
                return False
            renewals.open_due(sitting, program)
        with self._committee.sitting() as sitting:
            daily.audit(sitting, program)
        return True
