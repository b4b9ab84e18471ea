"""A case goes from one state to the next, up to the desk."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from events.instants import from_datetime
from governance import notices
from governance.cases import rules_in_force
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs import freezing
from governance.packs.ground import Ground
from governance.packs.grounds import ground_of
from governance.panels import ending
from governance.rules import deadlines, states
from governance.rules.states import CaseState
from governance.store import cases, log, seats
from governance.store.cases import Case

ITSELF = "governance"
"""Who did it, in the log, if nobody did: the process."""


def locked(sitting: Sitting, program: str, case_id: str) -> Case:
    """A case that nobody else changes until the sitting ends.

    Raises:
        CaseRefused: unknown-case
    """
    case = cases.lock(sitting.tx, program, case_id)
    if case is None:
        raise CaseRefused("unknown-case", "There is no such case.")
    return case


def of_subject(sitting: Sitting, program: str, case_id: str, subject: str) -> Case:
    """The same, of its subject: a case of somebody else is none.

    Raises:
        CaseRefused: unknown-case
    """
    case = locked(sitting, program, case_id)
    if case.subject != subject:
        raise CaseRefused("unknown-case", "There is no such case.")
    return case


def not_in_state(case: Case) -> CaseRefused:
    """The refusal of what a case is too early or too late for."""
    return CaseRefused("not-in-state", f"The case is {case.state.replace('_', ' ')}.")


def move(
    sitting: Sitting, rules: CommitteeRules, case: Case, state: CaseState, **changes: Any
) -> Case:
    """Write that a locked case enters a state."""
    assert states.may_move(case.kind, case.state, state), (case.kind, case.state, state)
    since = sitting.now
    due_on = due(rules, case, state, since)
    if state in states.WITH_PANEL and not rules.over(case, since):
        due_on = case.due_on  # the days of a panel are those that it was acknowledged with
    moved = replace(case, state=state, state_since=since, due_on=due_on, **changes)
    return cases.update(sitting.tx, moved)


def due(rules: CommitteeRules, case: Case, state: CaseState, since: datetime) -> Any:
    """The last day of a step of a case."""
    return deadlines.due_on(
        rules.calendar, rules.deadlines, case.kind, state, case.opened_at, since
    )


def ground_now(sitting: Sitting, case: Case) -> Ground:
    """What the case would rest on if its pack were frozen now."""
    return ground_of(sitting, case, from_datetime(sitting.now))


def acknowledge(
    sitting: Sitting, program: str, case_id: str, by: str, participant: str | None = None
) -> Case:
    """A coordinator has seen an application. Done already: nothing happens. `participant`: who the
    coordinator is in the program, if they take part in it.

    Raises:
        CaseRefused: unknown-case, not-in-state; not-allowed, as it is their own.
    """
    case = locked(sitting, program, case_id)
    if case.subject == participant:
        raise CaseRefused("not-allowed", "Another coordinator acknowledges your application.")
    if case.state == "acknowledged":
        return case
    if case.state != "applied":
        raise not_in_state(case)
    rules = rules_in_force.in_force(sitting, program)
    return acknowledged(sitting, rules, case, ground_now(sitting, case), by)


def acknowledged(
    sitting: Sitting, rules: CommitteeRules, case: Case, ground: Ground, by: str
) -> Case:
    """An application that was seen: its subject is notified of what is still open."""
    case = move(sitting, rules, case, "acknowledged")
    lines_open = [line.words for line in ground.open_lines]
    log.note(
        sitting.tx, case.program, case.case_id, "case.acknowledged", by,
        {"lines_open": lines_open}, sitting.now,
    )  # fmt: skip
    news: notices.News = "lines_open" if lines_open else "acknowledged"
    notices.notify(sitting, case, news, [case.subject])
    return case


def go_on(sitting: Sitting, program: str, case_id: str, subject: str) -> Case:
    """The subject wants the case decided, whatever is open. Done already: nothing happens.

    Raises:
        CaseRefused: unknown-case, not-in-state
    """
    case = of_subject(sitting, program, case_id, subject)
    if case.state == "settling":
        return case
    if case.state != "acknowledged":
        raise not_in_state(case)
    return settle(sitting, rules_in_force.in_force(sitting, program), case)


def settle(sitting: Sitting, rules: CommitteeRules, case: Case) -> Case:
    """Freeze the first pack of a case, which then settles."""
    pack = freezing.freeze(sitting, case)
    desk_from = sitting.now + rules.deadlines.settling
    case = move(sitting, rules, case, "settling", pack=pack.number, desk_from=desk_from)
    notices.notify(sitting, case, "frozen", [case.subject])
    return case


def withdraw(sitting: Sitting, program: str, case_id: str, subject: str) -> Case:
    """The subject does not want an application decided any more. Done already: nothing happens.

    Raises:
        CaseRefused: unknown-case, not-in-state
    """
    case = of_subject(sitting, program, case_id, subject)
    if case.state == "withdrawn":
        return case
    if case.state not in states.WITHDRAWABLE or case.kind not in states.APPLICATIONS:
        raise not_in_state(case)
    rules = rules_in_force.in_force(sitting, program)
    case = move(sitting, rules, case, "withdrawn")
    seats.leave_all(sitting.tx, case.case_id, sitting.now)
    ending.end_all(sitting.tx, case.case_id, sitting.now)
    log.note(sitting.tx, program, case_id, "case.withdrawn", subject, {}, sitting.now)
    return case


def end_erased(sitting: Sitting, rules: CommitteeRules, case: Case) -> Case:
    """End an open case whose subject was erased: nobody can read its evidence any more. Of an
    appeal, what was decided stays decided."""
    if case.of_case is not None and case.kind == "appeal":
        move(sitting, rules, locked(sitting, case.program, case.of_case), "settled")
    case = move(sitting, rules, case, "withdrawn")
    seats.leave_all(sitting.tx, case.case_id, sitting.now)
    ending.end_all(sitting.tx, case.case_id, sitting.now)
    log.note(
        sitting.tx, case.program, case.case_id, "case.withdrawn", ITSELF, {"erased": True},
        sitting.now,
    )  # fmt: skip
    return case
