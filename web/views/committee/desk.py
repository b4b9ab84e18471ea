"""The desk of the committee: cases that wait for a decision, and the evidence of one.

Names are out: who decides looks at the evidence first. `subject` is null until the member has asked
for the name with a reason, which is logged.
"""

from typing import Literal

from governance.rules.states import CaseKind, CaseState, Outcome
from web.views.committee.cases import DecisionShown, MatterShown
from web.views.line_facts import PanelOfLine
from web.views.model import InstantText, View
from web.views.notes import NoteState
from web.views.panels.results import PanelResultShown
from web.views.people import Person
from web.views.progress import Checklist, DayText

OfficerRole = Literal["member", "chair", "auditor", "reviewer", "bench"]
ConflictKind = Literal["loop", "pairing", "employer", "family", "declared", "subject"]
SeatOfMine = Literal["none", "open", "opened", "signed", "recused"]
"""Of who asks: none; one whose pack they have yet to open; opened; signed; or they may not
decide."""
Verdict = Literal["agrees", "disagrees"]


class DeskLine(View):
    """A case on the desk. `reference`: how the case calls its subject. `due_on`, `days_left`,
    `overdue`, `below_quorum`: as of a case. `seat`: of who asks, and `conflicts` between them and
    the subject, as they were found. `signed`: how many have signed the present pack, of the
    `approvers` it takes."""

    case_id: str
    reference: str
    kind: CaseKind
    state: CaseState
    matter: MatterShown
    due_on: DayText | None
    days_left: int | None
    overdue: bool
    below_quorum: bool
    seat: SeatOfMine
    conflicts: list[ConflictKind]
    signed: int
    approvers: int


class SampleLine(View):
    """A decided case that who asks judges again, from its pack alone: what the committee decided is
    left out. `verdict`: whether they would have decided the same, null before they have judged."""

    case_id: str
    quarter: str
    kind: CaseKind
    matter: MatterShown
    verdict: Verdict | None


class QueueShown(View):
    """The desk. `roles`: of who asks, in governance. `mine`: cases where they have a seat, due
    first ahead; `others`; `settling`: how many more come here once their evidence has settled.
    `samples`: cases to judge again. `members`: how many decide today, of at least `quorum`."""

    today: DayText
    roles: list[OfficerRole]
    mine: list[DeskLine]
    others: list[DeskLine]
    settling: int
    samples: list[SampleLine]
    quorum: int
    members: int


class EvidenceOfLine(View):
    """A fact, award or panel behind a line of a pack: what it is in words, and its id."""

    kind: str
    id: str


class TestimonialRead(View):
    """What somebody wrote about the subject. `narrative`: null unless `state` is "shown" ("none":
    they wrote nothing); names are out of it while they are out of the pack."""

    testimonial_id: str
    source: Literal["learner", "industry"]
    narrative: str | None
    state: NoteState | Literal["none"]


class EarlierDecision(View):
    """A decision about the subject as the ledger has it, without who signed it."""

    decision_id: str
    matter: MatterShown
    outcome: Outcome
    at: InstantText


class RubricDoubted(View):
    """A rubric of whose rows some are unreliable: raters agreed on them too little in the last
    calibration before the evidence was frozen."""

    rubric: str
    version: int
    rows: list[str]


class PackShown(View):
    """The frozen evidence of a case. `number`: how many times it was frozen; `digest`: what a
    signature is under. `catalog`, `policy`: digests. `checklist`: what the matter asks for as it
    was frozen; `evidence`: what is behind each of its lines, by the line's address. `earlier`:
    decisions about the subject before this one, latest first. `recused`: who may not decide."""

    number: int
    digest: str
    as_of: InstantText
    frozen_at: InstantText
    catalog: str
    policy: str
    checklist: Checklist
    evidence: dict[str, list[EvidenceOfLine]]
    panels: list[PanelOfLine]
    unreliable: list[RubricDoubted]
    testimonials: list[TestimonialRead]
    earlier: list[EarlierDecision]
    recused: list[Person]


class SignatureShown(View):
    """A signature on the present pack. `outcome`: null to a member who has not signed yet, so that
    nobody follows another."""

    member: Person
    at: InstantText
    outcome: Outcome | None


class ReviewOffered(View):
    """A review that an upheld appeal may take back. `rows`: means of its whole panel, never of the
    review; who wrote it is nowhere."""

    review_id: str
    panel: PanelOfLine


class DeskCase(DeskLine):
    """A case as a member with a seat has it. `pack`: null until they open it. `blind`: names are
    out; `subject`: null while they are; `unblinded_because`: the reason they gave. `reason`:
    why the case was opened, and `answer`, in a hearing, both without names while those are out.
    `offered`: what may be signed, and `statement_for`, which of it needs
    reasons in words; both empty until the pack is open. `mine`: what they have signed on it.
    `fresh_until`: until when they may sign without signing in again, null where they must.
    `also`: of a withdrawal, decisions for higher stages that may go with it. `reviews`: of an
    appeal. `about_decision`: of both. `panels`: what the panels of this case say, without names;
    empty until the pack is open. `gives_up`: how many days of the running term a renewal today
    would give up; `new_last_day`: until when it would hold."""

    pack: PackShown | None
    subject: Person | None
    blind: bool
    unblinded_because: str | None
    reason: str | None
    answer: str | None
    offered: list[Outcome]
    statement_for: list[Outcome]
    signatures: list[SignatureShown]
    mine: Outcome | None
    fresh_until: InstantText | None
    also: list[EarlierDecision]
    reviews: list[ReviewOffered]
    about_decision: DecisionShown | None
    panels: list[PanelResultShown]
    gives_up: int | None
    new_last_day: DayText | None
