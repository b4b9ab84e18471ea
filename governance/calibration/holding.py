"""Calibrations open and close. What is compared when one has closed needs libraries that pages do
without: the process does it, or a command (`governance.calibration.comparing`)."""

from uuid import uuid4

from engine.catalog.policy import Policy
from governance import notices
from governance.calibration import keeping
from governance.cases import rules_in_force
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rules import deadlines
from governance.rules.calibration import anchors as rules
from governance.rules.calibration.anchors import AnchorUse
from governance.rules.calibration.terms import CalibrationTerms
from governance.store import anchors, calibrations, log, people
from governance.store.calibrations import Asks, Calibration, Rater


def terms_of(policy: Policy) -> CalibrationTerms:
    """What a policy asks of calibrations; the defaults where it does not say."""
    return CalibrationTerms.of(policy.governance) or CalibrationTerms()


def open_(
    sitting: Sitting, program: str, rubric: str, by: str, asks: Asks = "everybody"
) -> Calibration:
    """Ask all reviewers of a program who are there, or those who are coached under the rubric, to
    rate anchors of it. They are notified.

    Raises:
        CaseRefused: unknown-matter, as there is no such rubric; already-open; not-allowed, as there
            are too few anchors, or nobody to be asked.
    """
    rules_now = rules_in_force.in_force(sitting, program)
    keeping.rubric_of(sitting, program, rubric)
    chosen = _anchors(sitting, program, rubric, terms_of(rules_now.policy).anchors)
    asked = reviewers(sitting, rules_now, program)
    if asks == "coached":
        findings = calibrations.latest_findings(sitting.tx, program, rubric)
        asked = [each for each in asked if findings.get(each) == "coached"]
    if not asked:
        raise CaseRefused("not-allowed", "There is nobody to ask.")
    due_on = deadlines.last_day(rules_now.calendar, sitting.now, rules_now.deadlines.panel)
    opened = Calibration(
        str(uuid4()), program, rubric, asks, chosen, "open", sitting.now, by, due_on
    )
    if not calibrations.insert(sitting.tx, opened):
        raise CaseRefused("already-open", "A calibration of this rubric is open already.")
    for rater in asked:
        calibrations.ask(sitting.tx, Rater(opened.calibration_id, rater, sitting.now))
    body = {"calibration": opened.calibration_id, "rubric": rubric, "asked": len(asked)}
    log.note(sitting.tx, program, None, "calibration.opened", by, body, sitting.now)
    notices.notify_of(sitting, program, opened.calibration_id, "calibration_asked", asked)
    return opened


def close(sitting: Sitting, program: str, calibration_id: str) -> Calibration:
    """Let nobody rate any more. Closed already: nothing happens.

    Raises:
        CaseRefused: unknown-case
    """
    calibration = calibrations.lock(sitting.tx, program, calibration_id)
    if calibration is None:
        raise CaseRefused("unknown-case", "There is no such calibration.")
    if calibration.state == "open":
        calibrations.close(sitting.tx, calibration_id, sitting.now)
    return calibration


def close_if_over(sitting: Sitting, calibration: Calibration) -> bool:
    """Close an open calibration whose last day has passed; gives whether it is closed."""
    if calibration.state == "open":
        if sitting.now.date() < calibration.due_on:  # which day it is locally is known within one
            return False
        calendar = rules_in_force.in_force(sitting, calibration.program).calendar
        if not deadlines.is_over(calendar, calibration.due_on, sitting.now):
            return False
        close(sitting, calibration.program, calibration.calibration_id)
    return True


def reviewers(sitting: Sitting, rules_now: CommitteeRules, program: str) -> list[str]:
    """Who has the part of a reviewer today, and is not away."""
    today = deadlines.day_of(rules_now.calendar, sitting.now)
    return [
        each.participant
        for each in people.all_of(sitting.tx, program)
        if each.serves("reviewer", today) and not each.is_away(today)
    ]


def _anchors(sitting: Sitting, program: str, rubric: str, number: int) -> tuple[str, ...]:
    key = anchors.key_of(sitting.tx, sitting.keys, program)
    earlier = calibrations.of_program(sitting.tx, program, rubric)
    kept = [
        AnchorUse(
            each.anchor_id,
            each.kept_at.isoformat(),
            sum(each.anchor_id in one.anchors for one in earlier),
        )
        for each in anchors.of_program(sitting.tx, key, program)
        if each.rubric == rubric and each.retired_at is None and each.content is not None
    ]
    if len(kept) < number:
        raise CaseRefused(
            "not-allowed", f"A calibration needs {number} anchors; of this rubric are {len(kept)}."
        )
    return rules.chosen(kept, number)
