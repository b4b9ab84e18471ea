"""Cases go on by themselves when it is time, each in a sitting of its own.

What needs the ledger to be read is looked at again after a while only: it is the facts that let an
application go on, and nothing says when one arrives.
"""

import time
from collections.abc import Callable

from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES
from governance import notices
from governance.cases import desk, moving, opening, rules_in_force, seating
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Committee, Sitting
from governance.panels import closing, going_on
from governance.rules.panels import paths
from governance.rules.panels.problem import Solver
from governance.rules.states import OPEN
from governance.store import cases
from governance.store.cases import Case

log = logger(__name__)

LOOK_AGAIN_SECONDS = 60.0


class MovingOn:
    """Made once a process. `look_again`: after how many seconds the facts behind a case are looked
    at again; `solve`: how seats that stay open are drawn for."""

    def __init__(
        self,
        committee: Committee,
        look_again: float = LOOK_AGAIN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        solve: Solver = paths.solve,
    ) -> None:
        self._committee = committee
        self._look_again = look_again
        self._clock = clock
        self._solve = solve
        self._looked: dict[tuple[str, int], float] = {}

    def step(self) -> int:
        """Let every case go on that can; gives how many did. One that fails is left as it is, and
        the others go on.

        Raises:
            DatabaseUnreachable
        """
        with self._committee.sitting() as sitting:
            waiting = cases.waiting(sitting.tx)
        known = {(case.case_id, case.version) for case in waiting}
        self._looked = {key: at for key, at in self._looked.items() if key in known}
        moved = 0
        for case in waiting:
            try:
                with self._committee.sitting() as sitting:
                    moved += self._go_on(sitting, case)
            except DATABASE_OUTAGES:
                raise
            except Exception as error:
                log.error("a case cannot go on", case=case.case_id, exc_info=error)
        return moved

    def _go_on(self, sitting: Sitting, seen: Case) -> bool:
        if not self._may_go_on(sitting, seen):
            return False
        case = cases.lock(sitting.tx, seen.program, seen.case_id)
        if case is None or case.version != seen.version:
            return False  # somebody else moved it: the next step sees it
        rules = rules_in_force.in_force(sitting, case.program)
        after = _next(sitting, rules, case, self._solve)
        if after.state not in ("decided", "appealed") and rules.over(after, sitting.now):
            notices.notify(sitting, after, "overdue", seating.chairs(sitting, case.program))
        return after.version != case.version

    def _may_go_on(self, sitting: Sitting, case: Case) -> bool:
        """Whether it is worth while to look: at what waits for an instant when it is there, at all
        else once in a while."""
        if case.wrapped_key is None and case.state in OPEN:
            return True
        if case.state == "settling":
            return case.desk_from is not None and sitting.now >= case.desk_from
        if case.state == "appealed":
            return False
        if case.state in ("hearing", "decided") and case.due_on is not None:
            # Which day it is locally is known within a day.
            return sitting.now.date() >= case.due_on
        key, now = (case.case_id, case.version), self._clock()
        if now - self._looked.get(key, -self._look_again) < self._look_again:
            return False
        self._looked[key] = now
        return True


def _next(sitting: Sitting, rules: CommitteeRules, case: Case, solve: Solver) -> Case:
    if case.wrapped_key is None and case.state in OPEN:
        return moving.end_erased(sitting, rules, case)
    match case.state:
        case "applied" | "acknowledged":
            return opening.seen_by_itself(sitting, rules, case)
        case "drawn" | "reviewing":
            return going_on.step(sitting, rules, case, solve)
        case "closed":
            return closing.settle_published(sitting, rules, case)
        case "hearing" if rules.over(case, sitting.now):
            return moving.settle(sitting, rules, case)
        case "settling":
            return desk.bring(sitting, rules, case)
        case "on_desk":
            seating.replace_silent(sitting, rules, case)
            seating.fill(sitting, rules, case)
        case "decided" if rules.over(case, sitting.now):
            return moving.move(sitting, rules, case, "final")
    return case
