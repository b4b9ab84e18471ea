"""Who answers for what a rule alone decides: the chairs, never about themselves."""

from governance.cases import seating
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.rules import deadlines
from governance.store import people

_MOST = 9


def approvers(
    sitting: Sitting, rules: CommitteeRules, program: str, participant: str
) -> tuple[str, ...]:
    """The chairs in their term, but for the participant; without one, the first other member by id.
    Nobody: nobody governs."""
    today = deadlines.day_of(rules.calendar, sitting.now)
    serving = [
        each
        for each in people.all_of(sitting.tx, program)
        if each.participant != participant and each.roles & seating.DECIDE
    ]
    chairs = [each.participant for each in serving if each.serves("chair", today)]
    members = [each.participant for each in serving if each.serves("member", today)]
    return tuple(chairs[:_MOST] or members[:1])
