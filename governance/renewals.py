"""Renewals open by themselves, for those whose term ends soon: each term once."""

from directory import erased
from engine.store.awards import standing
from governance.cases import opening, rules_in_force
from governance.committee import Sitting
from governance.rules import deadlines, renewals
from governance.store import cases


def open_due(sitting: Sitting, program: str) -> int:
    """Open the renewals of a program that are due; gives how many.

    One that was opened, withdrawn or decided since the day from which the term may be renewed is
    not opened again: what follows is the member's own to ask for.

    Raises:
        CatalogAltered, PolicyAltered
    """
    rules = rules_in_force.in_force(sitting, program)
    stages = [stage.badge for stage in rules.policy.stages if stage.given is not None]
    held = standing.of_badges(sitting.engine.tx, program, stages)
    today = deadlines.day_of(rules.calendar, sitting.now)
    opened = 0
    for each in renewals.due(held, stages, rules.calendar, rules.deadlines, today):
        before = any(
            case.kind == "renewal"
            and case.about == each.badge
            and deadlines.day_of(rules.calendar, case.opened_at) >= each.opens
            for case in cases.of_subject(sitting.tx, program, each.participant)
        )
        if before or erased.is_erased(sitting.tx, program, each.participant):
            continue
        if opening.open_renewal(sitting, program, each.participant, each.badge) is not None:
            opened += 1
    return opened
