"""One case with its names: for its subject, for coordinators and for auditors."""

from collections.abc import Sequence

from events.instants import Instant, parse_instant
from governance.cases import moving, texts
from governance.errors import CaseRefused
from governance.packs import sealed
from governance.packs.ground import Ground
from governance.packs.sealed import PackDocument
from governance.rules.states import APPLICATIONS, WITH_PANEL
from governance.store import cases, log
from governance.store.cases import Case
from governance.store.log import LogEntry
from web.policy.committee_access import CaseViewer
from web.views.committee import case_lines, decided_cases, frozen_lines
from web.views.committee.cases import CaseEvent, CaseShown
from web.views.committee.decided_cases import DecidedCase
from web.views.committee.docket import Docket, NamedPeople, instant
from web.views.panels import result_reading
from web.views.progress import Checklist

_FOR_SUBJECT = frozenset({
    "case.opened", "case.acknowledged", "case.withdrawn", "hearing.answered", "pack.frozen",
    "decision.published", "appeal.lodged", "appeal.settled", "panel.drawn", "panel.closed",
})  # fmt: skip
_FOR_COORDINATOR = _FOR_SUBJECT | {"member.assigned", "appeal.assigned", "member.recused"}
_BY_MEMBERS = frozenset({"pack.opened", "vote.signed"})
_ABOUT_MEMBERS = frozenset({"member.assigned", "appeal.assigned", "member.recused"})


def read(docket: Docket, case: Case, viewer: CaseViewer) -> CaseShown:
    """A case as somebody may see it."""
    tx = docket.sitting.tx
    entries = log.of_case(tx, case.case_id)
    document = sealed.document_of(docket.sitting, case)
    decided = decided_cases.read(docket, case, entries, document)
    related = _related(docket, case)
    about = _about(docket, case, related)
    events = [entry for entry in entries if _is_visible(entry, viewer)]
    known = docket.known(
        case.subject,
        *(decided.signers if decided else ()),
        *(about.signers if about else ()),
        *(_actor(entry, case, viewer) for entry in events),
    )
    below = case_lines.below_quorum(docket, [case])
    line = case_lines.line(docket, case, known.person(case.subject), viewer, below=bool(below))
    return CaseShown(
        **dict(line),
        desk_from=instant(case.desk_from),
        as_of=_as_of(case, entries),
        pack=case.pack,
        reason=text_of(docket, case, entries, "case.opened"),
        answer=text_of(docket, case, entries, "hearing.answered"),
        lines=_lines(docket, case, document),
        timeline=[_event(docket, entry, case, viewer, known) for entry in events],
        decision=decided_cases.shown(docket, decided, known) if decided else None,
        about_decision=decided_cases.shown(docket, about, known) if about else None,
        panels=result_reading.of_case(docket, case, viewer),
        appeal_case=next(
            (
                each.case_id
                for each in related
                if each.kind == "appeal" and each.of_case == case.case_id
            ),
            None,
        ),
        first_case=case.of_case,
    )


def text_of(docket: Docket, case: Case, entries: Sequence[LogEntry], kind: str) -> str | None:
    """The text of the first entry of a kind."""
    entry = next((each for each in entries if each.kind == kind), None)
    return None if entry is None else texts.read(docket.sitting, case, entry)


def decision_about(docket: Docket, case: Case) -> DecidedCase | None:
    """How the case that a withdrawal or an appeal is about was decided; None where it was decided
    elsewhere."""
    return _about(docket, case, _related(docket, case))


def _related(docket: Docket, case: Case) -> Sequence[Case]:
    """The subject's cases, where this one may have followed from another or another from it."""
    alone = case.kind in APPLICATIONS and case.state != "appealed" and case.state != "settled"
    if alone or (case.kind == "withdrawal" and case.of_decision is None):
        return ()
    return cases.of_subject(docket.sitting.tx, docket.program, case.subject)


def _about(docket: Docket, case: Case, related: Sequence[Case]) -> DecidedCase | None:
    if case.kind not in ("withdrawal", "appeal"):
        return None
    about = next(
        (
            each
            for each in related
            if each.case_id == case.of_case
            or (case.of_case is None and each.decision_id == case.of_decision)
        ),
        None,
    )
    if about is None:
        return None
    entries = log.of_case(docket.sitting.tx, about.case_id)
    return decided_cases.read(docket, about, entries, sealed.document_of(docket.sitting, about))


def _lines(docket: Docket, case: Case, document: PackDocument | None) -> Checklist | None:
    if case.kind not in ("first", "renewal"):
        return None
    ground = document.ground if document is not None else _ground_now(docket, case)
    if ground is None:
        return None
    calendar = docket.rules.calendar
    return frozen_lines.checklist(
        calendar, ground, docket.stage(case.about), renewal=case.kind == "renewal"
    )


def _ground_now(docket: Docket, case: Case) -> Ground | None:
    if case.state not in ("applied", "acknowledged") and case.state not in WITH_PANEL:
        return None
    try:
        return moving.ground_now(docket.sitting, case)
    except CaseRefused:  # the policy asks for no such stage any more
        return None


def _as_of(case: Case, entries: Sequence[LogEntry]) -> Instant | None:
    frozen = (
        Instant(entry.details["as_of"])
        for entry in entries
        if entry.kind == "pack.frozen" and entry.details["number"] == case.pack
    )
    return next(frozen, None)


def _is_visible(entry: LogEntry, viewer: CaseViewer) -> bool:
    match viewer:
        case "subject":
            return entry.kind in _FOR_SUBJECT
        case "coordinator":
            return entry.kind in _FOR_COORDINATOR
    return True


def _actor(entry: LogEntry, case: Case, viewer: CaseViewer) -> str | None:
    """The participant who did what an entry says, as far as who asks may know."""
    if entry.by == case.subject:
        return entry.by
    if viewer == "subject":
        return None
    if entry.kind in _ABOUT_MEMBERS:
        member: str = entry.details["member"]
        return member
    return entry.by if entry.kind in _BY_MEMBERS else None


def _event(
    docket: Docket, entry: LogEntry, case: Case, viewer: CaseViewer, known: NamedPeople
) -> CaseEvent:
    details = entry.details
    actor = _actor(entry, case, viewer)
    lines_open = details.get("lines_open")
    return CaseEvent(
        kind=entry.kind,
        at=parse_instant(entry.at),
        by=None if actor is None else known.person(actor),
        outcome=details.get("outcome"),
        pack=details.get("number"),
        lines_open=len(lines_open) if isinstance(lines_open, list) else lines_open,
        reason=_reason(docket, entry, case) if viewer == "auditor" else None,
    )


def _reason(docket: Docket, entry: LogEntry, case: Case) -> str | None:
    """Why somebody asked for names, or keeps out: in their words, or what was computed."""
    if entry.kind not in ("pack.opened", "member.recused"):
        return None
    why: str | None = entry.details.get("why")
    return texts.read(docket.sitting, case, entry) or why
