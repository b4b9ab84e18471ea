"""What is done once a day: renewals, the audit of decisions, baselines of cohorts that ended, and
a note of where the log ends."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES
from governance import renewals
from governance.audit import daily, sample
from governance.cases import rules_in_force
from governance.committee import Committee, Sitting
from governance.outcomes import freezing
from governance.panels import forgetting, stewardship, weekly
from governance.rewards import benches, cycles
from governance.rules import deadlines
from governance.rules.panels import paths
from governance.rules.panels.problem import Solver
from governance.rules.quarters import Quarter
from governance.store import log as case_log

log = logger(__name__)


class DailyStep(Protocol):
    """What is done once a day for a program."""

    __name__: str

    def __call__(self, sitting: Sitting, program: str, /) -> object: ...


class DailyWork:
    """Renewals open, panels are drawn, and decisions in force are audited. Done again by a process
    that starts: it changes nothing then."""

    def __init__(self, committee: Committee, solve: Solver = paths.solve) -> None:
        self._committee = committee
        self._solve = solve
        self._done: dict[str, date] = {}
        self._head_logged: date | None = None

    def step(self) -> int:
        """Do what is due; gives for how many programs. One that fails is tried again tomorrow.

        Raises:
            DatabaseUnreachable
        """
        with self._committee.sitting() as sitting:
            self._log_head(sitting)
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

    def _steps(self) -> Sequence[DailyStep]:
        """What is done for a program, in this order, each in a sitting of its own."""

        def hold_draw(sitting: Sitting, program: str) -> object:
            return weekly.hold_due(sitting, program, self._solve)

        def draw_sample(sitting: Sitting, program: str) -> object:
            today = deadlines.day_of(
                rules_in_force.in_force(sitting, program).calendar, sitting.now
            )
            return sample.draw(sitting, program, Quarter.before(today))

        return (
            renewals.open_due,
            hold_draw,
            stewardship.publish_due,
            forgetting.forget_erased,
            daily.audit,
            draw_sample,
            freezing.freeze_ended,
            cycles.begin_due,
            benches.end_due,
        )

    def _do(self, step: DailyStep, program: str) -> None:
        """Do one thing. If it fails, the others are done: a draw that cannot be held keeps no
        decision from being audited."""
        try:
            with self._committee.sitting() as sitting:
                step(sitting, program)
        except DATABASE_OUTAGES:
            raise
        except Exception as error:
            name = step.__name__
            log.error("a daily step failed", step=name, program=program, exc_info=error)

    def _log_head(self, sitting: Sitting) -> None:
        """Leave in the process's log where that of the committee ends, so that an end that somebody
        cuts off shows: the chain alone does not tell."""
        if self._head_logged != sitting.now.date():
            head = case_log.head(sitting.tx)
            log.info("the committee's log ends here", entries=head.entries, head=head.head)
            self._head_logged = sitting.now.date()

    def _of_program(self, program: str) -> bool:
        with self._committee.sitting() as sitting:
            rules = rules_in_force.in_force(sitting, program)
            today = deadlines.day_of(rules.calendar, sitting.now)
            if self._done.get(program) == today:
                return False
            self._done[program] = today
            if not rules.matters():
                return False
        for step in self._steps():
            self._do(step, program)
        return True
