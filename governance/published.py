"""What Kafka gets of cases: decisions and retractions, the same bytes at every try."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from events.outgoing import OutgoingRecord, compose
from events.schemas.decision_recorded import DecisionRecorded
from events.schemas.fact_retracted import FactRetracted
from governance.rules import ids
from governance.store.cases import Case
from governance.store.outbox import CommitteeFact
from governance.store.packs import Pack
from governance.store.signatures import Signature

SOURCE = "/governance"
_MOST_RECUSED = 50


def decision(
    case: Case, pack: Pack, signed: Sequence[Signature], recused: Collection[str]
) -> CommitteeFact:
    """The decision of a case, signed when its last signature was. Raises InvalidData."""
    decision_id = ids.decision_id(case.case_id)
    kept_out = sorted(set(recused) - {case.subject})
    data = {
        "decision_id": decision_id,
        "case": case.about,
        "outcome": signed[0].outcome,
        "as_of": pack.as_of,
        "approver_ids": sorted(each.member for each in signed),
        "recused_ids": kept_out[:_MOST_RECUSED] or None,
        "appeal_of": case.appeal_of,
        "pack": pack.digest,
        "policy": pack.policy,
    }
    record = _record(
        case, DecisionRecorded.TYPE, data, _signed_at(signed), ids.decision_event_id(case.case_id)
    )
    return _fact(case, record, (DecisionRecorded.TYPE, decision_id), is_retraction=False)


def retraction(
    case: Case, fact_type: str, fact_id: str, signed: Sequence[Signature]
) -> CommitteeFact:
    """The retraction of a fact about the subject of a case. Raises InvalidData."""
    reason = "withdrawn by the committee" if case.kind == "withdrawal" else "appeal upheld"
    data = {"fact_type": fact_type, "fact_id": fact_id, "reason": reason}
    event_id = ids.retraction_event_id(case.case_id, fact_type, fact_id)
    record = _record(case, FactRetracted.TYPE, data, _signed_at(signed), event_id)
    return _fact(case, record, (fact_type, fact_id), is_retraction=True)


def fact(
    program: str,
    participant: str,
    type: str,
    fact_id: str,
    data: Mapping[str, object],
    time: datetime,
    event_id: str,
    case_id: str | None = None,
) -> CommitteeFact:
    """A fact of another type about somebody: a review, stewardship, a reward. `data`: the rest of
    it, its own id among that. Raises InvalidData."""
    placed = {"program_id": program, "participant_id": participant, **data}
    record = compose(type, placed, source=SOURCE, time=time, event_id=event_id)
    return CommitteeFact(record.event_id, case_id, type, fact_id, False, record.key, record.value)


def _signed_at(signed: Sequence[Signature]) -> datetime:
    return max(each.signed_at for each in signed)


def _record(
    case: Case, type: str, data: Mapping[str, object], time: datetime, event_id: str
) -> OutgoingRecord:
    placed = {"program_id": case.program, "participant_id": case.subject, **data}
    return compose(type, placed, source=SOURCE, time=time, event_id=event_id)


def _fact(
    case: Case, record: OutgoingRecord, fact: tuple[str, str], *, is_retraction: bool
) -> CommitteeFact:
    return CommitteeFact(
        record.event_id, case.case_id, *fact, is_retraction, record.key, record.value
    )
