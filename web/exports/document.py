"""The export of a person: what stands in it. docs/export.schema.json is made of it."""

from typing import Any, Literal

from governance.panels.requests import RequestState
from governance.rules.calibration.raters import RaterFinding
from governance.rules.states import CaseKind, CaseState, Outcome
from governance.store.conflicts import ConflictWhy
from notifier.rules.case_news import News
from web.store.notifications import ItemKind
from web.store.shares import Why
from web.views.model import InstantText, View
from web.views.notes import CoordinatorReads, NoteState
from web.views.preferences import PreferencesShown
from web.views.progress import DayText


class ProfileExported(View):
    """Who they are, as the platform described them."""

    display_name: str
    given_name: str | None
    email: str | None
    avatar_url: str | None
    locale: str | None
    timezone: str | None
    roles: list[str]
    active: bool


class LoopExported(View):
    """A loop that they are in, as described."""

    loop_id: str
    name: str | None
    kind: str
    state: str
    role: str | None


class EvidenceExported(View):
    """A fact or an award that an award rests on."""

    type: str
    id: str
    at: InstantText


class AwardExported(View):
    """An award that was ever announced to them. `standing`: whether it is held."""

    award_id: str
    loop_id: str | None
    badge: str
    level: str | None
    occurrence: str
    awarded_at: InstantText
    valid_until: InstantText | None
    giver_id: str | None
    revision: int
    standing: bool
    by_decision: bool
    evidence: list[EvidenceExported]


class FactExported(View):
    """A fact that names them, as it was published, without private texts."""

    type: str
    time: InstantText
    data: dict[str, Any]


class KudosReceivedExported(View):
    """Kudos to them that have a note."""

    kudos_id: str
    kind: str
    loop_id: str
    giver_id: str
    at: InstantText
    note: str | None
    state: NoteState
    coordinator_reads: CoordinatorReads


class KudosGivenExported(View):
    """Kudos from them. A note is the recipient's, and not shown to the giver after sending."""

    kudos_id: str
    kind: str
    loop_id: str
    recipient_id: str
    at: InstantText


class TestimonialExported(View):
    """A testimonial for them that has a narrative."""

    testimonial_id: str
    loop_id: str | None
    author_id: str
    source: str
    at: InstantText
    narrative: str | None
    state: NoteState


class NotificationExported(View):
    """What they were notified of on their pages. `read`: when; `gone`: the award is no longer
    held; `news`: what had moved of a case."""

    what: ItemKind
    at: InstantText
    read: InstantText | None
    gone: bool
    award_id: str | None
    invitation_id: str | None
    kudos_id: str | None
    case_id: str | None
    news: News | None


class InvitationExported(View):
    """An invitation to give kudos to others of a loop."""

    invitation_id: str
    loop_id: str
    about_ids: list[str]
    at: InstantText
    dismissed: InstantText | None


class CredentialExported(View):
    """A credential of a share. `signed`: as it was handed out; `revoked`: since when it is good no
    more."""

    credential_id: str
    made: InstantText
    signed: str | None
    revoked: InstantText | None


class ShareExported(View):
    """An award that they showed to everybody. `why` it `ended`: they withdrew it, or the award was
    revoked."""

    share_id: str
    award_id: str
    show_name: bool
    made: InstantText
    ended: InstantText | None
    why: Why | None
    credentials: list[CredentialExported]


class AuditExported(View):
    """What somebody decided about them, or looked at of them, and why."""

    at: InstantText
    action: str
    reason: str


class CaseStepExported(View):
    """A step of a case. `text`: what was written with it; null where nothing was."""

    kind: str
    at: InstantText
    text: str | None


class CaseExported(View):
    """A case that the committee was asked to decide about them. `statements`: its reasons."""

    case_id: str
    kind: CaseKind
    about: str
    state: CaseState
    outcome: Outcome | None
    opened_at: InstantText
    decided_at: InstantText | None
    decision_id: str | None
    steps: list[CaseStepExported]
    statements: list[str]


class OfficeExported(View):
    """Their part in governing the program. Last days of their term and leave, null without one."""

    roles: list[str]
    term_until: DayText | None
    leave_until: DayText | None
    employer: str | None


class ConflictExported(View):
    """Somebody about whom they do not decide, nor the other way round."""

    with_id: str
    why: ConflictWhy
    declared_at: InstantText


class WrittenExported(View):
    """What they wrote in a case of somebody else: with a signature of an `outcome`, to keep out, or
    to ask for a name. `text`: null once the person it is about was erased."""

    case_id: str
    kind: str
    at: InstantText
    outcome: Outcome | None
    text: str | None


class GroupDeclaredExported(View):
    """A group that they declare of themselves, for fairness reports only."""

    dimension: str
    group: str


class OwnReviewExported(View):
    """A review that they were asked for: what they gave, and not whose work it was. `ratings`,
    `narrative`: null where they gave none, or once the person it is about was erased."""

    rubric: str
    state: RequestState
    asked_at: InstantText
    ratings: dict[str, int] | None
    narrative: str | None


class OwnCalibrationExported(View):
    """A calibration that they were asked to rate. `took_part`: whether they rated everything,
    `finding`: whether they may review by it, `bias`: how far off they were on average, with a sign;
    all null until there is a result."""

    calibration_id: str
    asked_at: InstantText
    rated: int
    took_part: bool | None
    finding: RaterFinding | None
    bias: str | None


class ConsentExported(View):
    """What they let a mentor show, or were asked to. `title`, `address`: of an exemplar."""

    purpose: Literal["testimonial", "exemplar"]
    about: str
    mentor_id: str
    title: str | None
    address: str | None
    asked_at: InstantText
    given_at: InstantText | None
    withdrawn_at: InstantText | None


class WarningAnswerExported(View):
    """What they answered to an early warning about a learner of theirs."""

    learner_id: str
    kind: str
    answer: Literal["helped", "wrong", "excused"]
    answered_at: InstantText


class CommitteeExported(View):
    """What the committee has of them. `office`: null without a part in it; `declared_groups`: what
    they declare for fairness reports."""

    office: OfficeExported | None
    conflicts: list[ConflictExported]
    cases: list[CaseExported]
    written: list[WrittenExported]
    declared_groups: list[GroupDeclaredExported]
    own_reviews: list[OwnReviewExported]
    own_calibrations: list[OwnCalibrationExported]
    consents: list[ConsentExported]
    warnings_answered: list[WarningAnswerExported]


class PersonExported(View):
    """Everything of a person in a program. What the platform itself keeps is not in it."""

    program_id: str
    participant_id: str
    exported_at: InstantText
    notes_given: Literal[
        "Notes that you wrote are not in here: after sending only their recipients and "
        "coordinators of the program can read them."
    ] = (
        "Notes that you wrote are not in here: after sending only their recipients and "
        "coordinators of the program can read them."
    )
    profile: ProfileExported | None
    preferences: PreferencesShown
    loops: list[LoopExported]
    awards: list[AwardExported]
    facts: list[FactExported]
    kudos_received: list[KudosReceivedExported]
    kudos_given: list[KudosGivenExported]
    testimonials: list[TestimonialExported]
    notifications: list[NotificationExported]
    invitations: list[InvitationExported]
    shares: list[ShareExported]
    committee: CommitteeExported
    audit: list[AuditExported]
