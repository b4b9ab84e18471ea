"""Members may enter a public value before a draw: who writes the log cannot know it before."""

from governance.cases import rules_in_force, seating
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rules.panels.weeks import BadWeek, Week
from governance.rules.rewards.cycles import BadCycle, RewardCycle
from governance.store import beacons, draws
from governance.store.draws import DrawKind

MOST = 200
"""How many characters a value has at most."""


def enter(sitting: Sitting, program: str, about: str, member: str, value: str) -> None:
    """Enter the value of a public beacon for the draw of a week ("2026-W48") or of the lottery of a
    reward ("conference/2026-Q3"). The first of each member counts, of two members at most.

    Raises:
        CaseRefused: not-allowed, as they are not of the committee, nothing of this name is drawn,
            or it is no value; already-signed, as they have entered one; not-in-state, as the draw
            was held
    """
    rules = rules_in_force.in_force(sitting, program)
    if not seating.decides(sitting, rules, program, member):
        raise CaseRefused("not-allowed", "Only members enter the value of a beacon.")
    kind, named = _named(rules, about)
    text = value.strip()
    if not text or len(text) > MOST or not text.isprintable():
        raise CaseRefused("not-allowed", f"A value is a line of up to {MOST} characters.")
    if draws.about(sitting.tx, program, kind, named) is not None:
        raise CaseRefused("not-in-state", f"The draw of {named} was held: it has its seed.")
    if not beacons.enter(sitting.tx, program, named, member, text, sitting.now):
        raise CaseRefused("already-signed", "You have entered a value for this draw.")


def _named(rules: CommitteeRules, about: str) -> tuple[DrawKind, str]:
    """The kind of draw, and the week or the lottery as its seed names it."""
    reward, slash, cycle = about.partition("/")
    try:
        if not slash:
            return "panels", str(Week.parse(about))
        for each in rules.policy.rewards:
            if each.name == reward and each.selection == "lottery":
                return "reward", f"{reward}/{RewardCycle.parse(each.cycle, cycle)}"
    except (BadWeek, BadCycle) as error:
        raise CaseRefused("not-allowed", str(error)) from None
    raise CaseRefused("not-allowed", f"No reward by lottery is called {reward}.")
