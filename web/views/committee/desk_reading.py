"""Reads the desk: the cases that wait for a decision, without a name."""

from collections.abc import Iterator
from typing import get_args

from governance.cases import reading
from governance.cases.reading import DeskEntry
from governance.rules.case_ref import case_ref
from governance.rules.states import KINDS, CaseState
from governance.store import cases, people, samples
from governance.store.people import ROLES
from web.views.committee.desk import ConflictKind, DeskLine, QueueShown, SampleLine, SeatOfMine
from web.views.committee.docket import Docket

_CONFLICTS: tuple[ConflictKind, ...] = get_args(ConflictKind)
_DECIDED: tuple[CaseState, ...] = ("decided", "appealed", "final", "settled")
_SETTLING: tuple[CaseState, ...] = ("settling",)


def queue(docket: Docket) -> QueueShown:
    """The desk as somebody of the committee has it."""
    tx, program = docket.sitting.tx, docket.program
    lines = [line(docket, entry) for entry in reading.desk(docket.sitting, docket.rules, program)]
    seated = [one for one in lines if one.seat in ("open", "opened", "signed")]
    officers = people.all_of(tx, program)
    return QueueShown(
        today=docket.today.isoformat(),
        roles=[role for role in ROLES if role in docket.standing.parts],
        mine=seated,
        others=[one for one in lines if one not in seated],
        settling=len(cases.page(tx, program, _SETTLING, KINDS)),
        samples=[*_samples(docket)],
        quorum=docket.rules.quorum,
        members=sum(
            any(officer.serves(role, docket.today) for role in ("member", "chair"))
            and not officer.is_away(docket.today)
            for officer in officers
        ),
    )


def _samples(docket: Docket) -> Iterator[SampleLine]:
    """What who asks is to judge, and what of the latest quarter they have judged."""
    tx, program = docket.sitting.tx, docket.program
    asked = samples.of_judge(tx, program, docket.standing.participant or "")
    latest = max((sample.quarter for sample in asked), default="")
    shown = [each for each in asked if each.verdict is None or each.quarter == latest]
    decided = cases.page(tx, program, _DECIDED, KINDS) if shown else []
    by_id = {case.case_id: case for case in decided}
    for sample in shown:
        case = by_id[sample.case_id]
        yield SampleLine(
            case_id=sample.case_id,
            quarter=sample.quarter,
            kind=case.kind,
            matter=docket.matter(case.about),
            verdict=sample.verdict,
        )


def line(docket: Docket, entry: DeskEntry) -> DeskLine:
    """A case on the desk."""
    case = entry.case
    left = None if case.due_on is None else (case.due_on - docket.today).days
    return DeskLine(
        case_id=case.case_id,
        reference=case_ref(case.case_id),
        kind=case.kind,
        state=case.state,
        matter=docket.matter(case.about),
        due_on=None if case.due_on is None else case.due_on.isoformat(),
        days_left=left,
        overdue=left is not None and left < 0,
        below_quorum=entry.below_quorum,
        seat=seat(docket, entry),
        conflicts=_conflicts(docket, entry),
        signed=len(entry.votes),
        approvers=entry.approvers,
    )


def seat(docket: Docket, entry: DeskEntry) -> SeatOfMine:
    """How who asks stands to a case."""
    who = docket.standing.participant
    if who is None or who == entry.case.subject or who in entry.recused:
        return "recused" if who is not None else "none"
    if who in entry.votes:
        return "signed"
    if not any(each.member == who and each.left_at is None for each in entry.seats):
        return "none"
    return "opened" if who in entry.opened else "open"


def _conflicts(docket: Docket, entry: DeskEntry) -> list[ConflictKind]:
    who = docket.standing.participant
    if who == entry.case.subject:
        return ["subject"]
    why = entry.recused.get(who or "")
    return [each for each in _CONFLICTS if each == why]
