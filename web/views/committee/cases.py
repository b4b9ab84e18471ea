"""Cases of the committee: to whom they are about, to coordinators and to auditors.

What a member of the committee sees of a case, while its names are out, stands in `desk`.
"""

from typing import Literal

from governance.rules.states import CaseKind, CaseState, Outcome
from web.views.model import InstantText, View
from web.views.panels.results import PanelResultShown
from web.views.people import Person
from web.views.progress import Checklist, DayText

Deed = Literal["acknowledge", "go_on", "withdraw", "answer", "appeal"]
"""What somebody may do with a case; members act at the desk."""


class MatterShown(View):
    """What a case asks. `about`: as in the ledger; `name`: in words. `badge`, `artwork`: of a
    stage, null for a waiver."""

    about: str
    name: str
    badge: str | None
    artwork: str | None
    waiver: bool


class CaseEvent(View):
    """An entry of the log of a case that who asks may know. `kind`: as in the log. `by`: null where
    it came by itself, or where who did it is not shown. `outcome`: of a decision or a settled
    appeal. `pack`: the number of the pack it was about. `lines_open`: how many lines were open.
    `reason`: why a pack was unblinded or a member recused, for auditors."""

    kind: str
    at: InstantText
    by: Person | None
    outcome: Outcome | None
    pack: int | None
    lines_open: int | None
    reason: str | None


class DecisionShown(View):
    """How a case was decided. `decision_id`: of the fact, null where the outcome makes none.
    `as_of`: of the evidence, whose digest is `pack`, under the policy of that digest. `signers`: by
    name. `statements`: the reasons in words, in the order of signing, without those that were
    erased. `not_met`: the lines that were open, in words. `last_day`: until when it holds, null
    where it grants nothing. `appeal_until`: the last day for an appeal, null where none may be
    made."""

    decision_id: str | None
    outcome: Outcome
    at: InstantText
    as_of: InstantText
    pack: str
    policy: str
    signers: list[Person]
    statements: list[str]
    not_met: list[str]
    last_day: DayText | None
    appeal_until: DayText | None
    final: bool


class CaseLine(View):
    """A case in a list. `due_on`: the last day of the present step where the program is, null where
    nothing is due; `days_left`: until then, negative once it is `overdue`. `outcome`: null until
    decided. `below_quorum`: too few members are free to decide it. `may`: what who asks may do with
    it now."""

    case_id: str
    kind: CaseKind
    state: CaseState
    matter: MatterShown
    person: Person
    opened_at: InstantText
    state_since: InstantText
    due_on: DayText | None
    days_left: int | None
    overdue: bool
    outcome: Outcome | None
    below_quorum: bool
    may: list[Deed]


class CaseShown(CaseLine):
    """One case. `desk_from`: when the evidence has settled. `as_of`, `pack`: of the present pack.
    `reason`: why it was opened, by the subject or, of a withdrawal, by others; `answer`: what the
    subject wrote in a hearing; null where nothing was written and where it was erased. `lines`:
    what the matter asks for, as of now while that may change, later as it was frozen; null for a
    withdrawal, an appeal, and once it was erased. `timeline`: earliest first. `decision`: that this
    case made; `about_decision`: that a withdrawal or an appeal is about, null where it was made
    elsewhere. `panels`: what the panels of this case say, once they have closed. `appeal_case`:
    that followed from this one; `first_case`: from which this one followed."""

    desk_from: InstantText | None
    as_of: InstantText | None
    pack: int | None
    reason: str | None
    answer: str | None
    lines: Checklist | None
    timeline: list[CaseEvent]
    decision: DecisionShown | None
    about_decision: DecisionShown | None
    panels: list[PanelResultShown]
    appeal_case: str | None
    first_case: str | None


class MatterOpen(View):
    """What somebody may apply for now. `kind`: which case it would be. `open`: how many lines are
    not met."""

    matter: MatterShown
    kind: Literal["first", "renewal", "waiver"]
    open: int


class CasesOfPerson(View):
    """Somebody's own cases, latest first, and what they may apply for: the lowest stage first,
    waivers last."""

    items: list[CaseLine]
    may_apply: list[MatterOpen]


class DeadlinesShown(View):
    """Cases that are not over, for coordinators: overdue ones ahead, then by due day, then those
    without. `today`: where the program is."""

    today: DayText
    items: list[CaseLine]


class CasesInState(View):
    """Cases of a program, those due first ahead. `next`: the `after` of the page behind."""

    items: list[CaseLine]
    next: str | None
