"""How cases were decided: outcome, signers and reasons, read from the log of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.queries.recognition import last_day
from events.instants import from_datetime
from governance.cases import texts
from governance.packs.sealed import PackDocument
from governance.rules.states import APPEALABLE
from governance.store.cases import Case
from governance.store.log import LogEntry
from web.views.committee.cases import DecisionShown
from web.views.committee.docket import Docket, NamedPeople


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """A case that was decided. `frozen`: what the log has of its pack; `not_met`: in words."""

    case: Case
    frozen: Mapping[str, Any]
    signers: tuple[str, ...]
    statements: tuple[str, ...]
    not_met: tuple[str, ...]


def read(
    docket: Docket, case: Case, entries: Sequence[LogEntry], document: PackDocument | None
) -> DecidedCase | None:
    """How a case was decided; None before. `entries`: all of its log; `document`: its pack, if it
    can still be opened."""
    if case.outcome is None:
        return None
    out = {entry.details["member"] for entry in entries if entry.kind == "member.recused"}
    signed = [
        entry
        for entry in entries
        if entry.kind == "vote.signed"
        and entry.by not in out
        and (entry.details["number"], entry.details["outcome"]) == (case.pack, case.outcome)
    ]
    spoken = (texts.read(docket.sitting, case, entry) for entry in signed)
    declined = case.outcome == "declined" and document is not None
    return DecidedCase(
        case,
        _frozen(case, entries),
        tuple(entry.by for entry in signed),
        tuple(text for text in spoken if text is not None),
        tuple(line.words for line in document.ground.open_lines) if declined and document else (),
    )


def shown(docket: Docket, decided: DecidedCase, known: NamedPeople) -> DecisionShown:
    """A decision for an answer. `known`: its signers among them."""
    case, frozen = decided.case, decided.frozen
    assert case.outcome is not None, "it is decided"
    assert case.decided_at is not None, "it is decided"
    appealable = case.state == "decided" and case.outcome in APPEALABLE and case.kind != "appeal"
    return DecisionShown(
        decision_id=case.decision_id,
        outcome=case.outcome,
        at=from_datetime(case.decided_at),
        as_of=frozen["as_of"],
        pack=frozen["pack"],
        policy=frozen["policy"],
        signers=[known.person(name) for name in decided.signers],
        statements=[*decided.statements],
        not_met=[*decided.not_met],
        last_day=_last_day(docket, case),
        appeal_until=case.due_on.isoformat() if appealable and case.due_on else None,
        final=case.state in ("final", "settled"),
    )


def _frozen(case: Case, entries: Sequence[LogEntry]) -> Mapping[str, Any]:
    """What the log has of the pack that was signed."""
    return next(
        entry.details
        for entry in entries
        if entry.kind == "pack.frozen" and entry.details["number"] == case.pack
    )


def _last_day(docket: Docket, case: Case) -> str | None:
    badge = docket.rules.catalog.badge.get(case.about)
    granted = case.outcome in ("granted", "renewed")
    if not granted or case.decided_at is None or badge is None or badge.valid_for is None:
        return None
    calendar = docket.rules.calendar
    ends = calendar.valid_until(from_datetime(case.decided_at), badge.valid_for)
    return last_day(calendar, ends).isoformat()
