"""Members may enter a public value before a draw: who writes the log cannot know it before."""

from governance.cases import rules_in_force, seating
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rules.panels.weeks import BadWeek, Week
from governance.store import beacons

MOST = 200
"""How many characters a value has at most."""


def enter(sitting: Sitting, program: str, about: str, member: str, value: str) -> None:
    """Enter the value of a public beacon for the draw of a week ("2026-W48"). The first of each
    member counts, of two members at most.

    Raises:
        CaseRefused: not-allowed, as they are not of the committee, it is no week, or no value;
            already-signed, as they have entered one
    """
    rules = rules_in_force.in_force(sitting, program)
    if not seating.decides(sitting, rules, program, member):
        raise CaseRefused("not-allowed", "Only members enter the value of a beacon.")
    try:
        week = str(Week.parse(about))
    except BadWeek as error:
        raise CaseRefused("not-allowed", str(error)) from None
    text = value.strip()
    if not text or len(text) > MOST or not text.isprintable():
        raise CaseRefused("not-allowed", f"A value is a line of up to {MOST} characters.")
    if not beacons.enter(sitting.tx, program, week, member, text, sitting.now):
        raise CaseRefused("already-signed", "You have entered a value for this draw.")
