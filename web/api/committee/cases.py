"""Cases: to apply, to follow one's own, to keep those of a program moving.

Only the subject, coordinators and auditors see a case with its names; to everybody else there is no
such case.
"""

from typing import Annotated, get_args
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from events.schemas.values import PrivateNarrative
from governance.cases import appeals, hearings, moving, opening
from governance.rules.states import CaseState
from governance.store import cases
from governance.store.cases import Case
from web.api.asking import After, Known, Limit
from web.api.committee.asking import (
    AsCoordinator,
    AsOpener,
    AsReader,
    AsSubject,
    Heard,
    Hearing,
)
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.problems import Fault, Problem
from web.views.committee import case_lines, case_reading
from web.views.committee.cases import CaseShown, CasesInState, CasesOfPerson, DeadlinesShown
from web.views.committee.docket import Docket
from web.views.cursors import BadCursor
from web.views.model import View

router = APIRouter(prefix="/v1/programs/{program}", tags=["committee"])

_BODY = ConfigDict(extra="forbid", frozen=True)
Words = Annotated[PrivateNarrative, Field(pattern=r"\S")]


class Application(BaseModel):
    """What somebody applies for. `about`: a stage's badge, or a waiver."""

    model_config = _BODY

    about: str = Field(min_length=1, max_length=255)
    reason: PrivateNarrative | None = None


class SubjectText(BaseModel):
    """What the subject has to say."""

    model_config = _BODY

    text: Words


class WithdrawalAsked(BaseModel):
    """A decision that may not stand, and why: its subject reads that."""

    model_config = _BODY

    participant_id: str = Field(min_length=1, max_length=255)
    decision_id: str = Field(min_length=1, max_length=255)
    reason: Words


class WithdrawalOpened(View):
    """The case that was opened, or was open already."""

    case_id: str


@router.get("/me/cases", operation_id="getMyCases")
def mine(heard: AsSubject, known: Known) -> CasesOfPerson:
    """My cases, latest first, and what I may apply for."""
    with heard.docket() as docket:
        return case_lines.of_person(docket, _own(heard))


@router.get("/cases", operation_id="getCases")
def in_states(
    heard: AsReader,
    after: After,
    known: Known,
    state: Annotated[
        list[CaseState] | None, Query(description="Only cases in these states")
    ] = None,
    limit: Limit = 20,
) -> CasesInState:
    """The cases of the program with their names, for coordinators and auditors."""
    with heard.docket() as docket:
        try:
            return case_lines.in_states(docket, state or get_args(CaseState), after, limit)
        except BadCursor:
            fault = Fault("/query/after", "must be the `next` of an answer")
            raise Problem.invalid(fault) from None


@router.get("/deadlines", operation_id="getDeadlines")
def deadlines(heard: AsReader, known: Known) -> DeadlinesShown:
    """The cases of the program of which something is due, for coordinators and auditors."""
    with heard.docket() as docket:
        return case_lines.deadlines(docket)


@router.post("/cases", operation_id="applyForStage", status_code=201)
def apply(
    heard: AsSubject,
    known: Known,
    application: Annotated[Application, Depends(json_body(Application))],
    idempotency_key: Annotated[
        str | None, Header(description="A UUID of version 4, which becomes the id of the case")
    ] = None,
) -> CaseShown:
    """Apply for a stage, its renewal or a waiver. The same key again is the same case."""
    case_id, me = _case_id(idempotency_key), _own(heard)
    with heard.docket() as docket:
        before = cases.of(docket.sitting.tx, heard.program, case_id)
        if before is not None and (before.subject, before.about) != (me, application.about):
            raise Problem("idempotency-key-reused")
        case = opening.apply(
            docket.sitting, heard.program, me, application.about, application.reason or "", case_id
        )
        return _shown(docket, case)


@router.get("/cases/{case_id}", operation_id="getCase")
def one(request: Request, case_id: PathId, heard: Heard, known: Known) -> CaseShown:
    """A case, for its subject, coordinators and auditors."""
    with heard.docket() as docket:
        case = cases.of(docket.sitting.tx, heard.program, case_id)
        if case is None or docket.standing.reads_case_of(case.subject) is None:
            raise denied(request)
        return _shown(docket, case)


@router.post("/cases/{case_id}/acknowledge", operation_id="acknowledgeCase")
def acknowledge(case_id: PathId, heard: AsCoordinator, known: Known) -> CaseShown:
    """See an application, as a coordinator. Done already: nothing happens."""
    with heard.docket() as docket:
        by = heard.principal.subject
        case = moving.acknowledge(docket.sitting, heard.program, case_id, by, heard.participant)
        return _shown(docket, case)


@router.post("/cases/{case_id}/go-on", operation_id="goOnWithMyCase")
def go_on(case_id: PathId, heard: AsSubject, known: Known) -> CaseShown:
    """Have my case decided although lines are open. Done already: nothing happens."""
    with heard.docket() as docket:
        case = moving.go_on(docket.sitting, heard.program, case_id, _own(heard))
        return _shown(docket, case)


@router.post("/cases/{case_id}/withdraw", operation_id="withdrawMyCase")
def withdraw(case_id: PathId, heard: AsSubject, known: Known) -> CaseShown:
    """Withdraw my application before it is decided. Done already: nothing happens."""
    with heard.docket() as docket:
        case = moving.withdraw(docket.sitting, heard.program, case_id, _own(heard))
        return _shown(docket, case)


@router.post("/cases/{case_id}/answer", operation_id="answerHearing")
def answer(
    case_id: PathId,
    heard: AsSubject,
    known: Known,
    answered: Annotated[SubjectText, Depends(json_body(SubjectText))],
) -> CaseShown:
    """Answer before a decision about me is withdrawn."""
    with heard.docket() as docket:
        case = hearings.answer(docket.sitting, heard.program, case_id, _own(heard), answered.text)
        return _shown(docket, case)


@router.post("/cases/{case_id}/appeals", operation_id="appealDecision", status_code=201)
def appeal(
    case_id: PathId,
    heard: AsSubject,
    known: Known,
    ground: Annotated[SubjectText, Depends(json_body(SubjectText))],
) -> CaseShown:
    """Appeal against how my case was decided; gives the appeal. Done already: the same appeal."""
    with heard.docket() as docket:
        case = appeals.lodge(docket.sitting, heard.program, case_id, _own(heard), ground.text)
        return _shown(docket, case)


@router.post("/withdrawals", operation_id="openWithdrawal", status_code=201)
def open_withdrawal(
    heard: AsOpener,
    known: Known,
    asked: Annotated[WithdrawalAsked, Depends(json_body(WithdrawalAsked))],
) -> WithdrawalOpened:
    """Ask the committee whether a decision still stands, as a chair or a coordinator; its subject
    is heard first. One that is open already is the answer."""
    with heard.sitting() as sitting:
        by = heard.participant or heard.principal.subject
        case = opening.open_withdrawal(
            sitting, heard.program, asked.participant_id, asked.decision_id, by, asked.reason
        )
        return WithdrawalOpened(case_id=case.case_id)


def _shown(docket: Docket, case: Case) -> CaseShown:
    viewer = docket.standing.reads_case_of(case.subject)
    assert viewer is not None, "it was asked who reads it before"
    return case_reading.read(docket, case, viewer)


def _case_id(key: str | None) -> str:
    try:
        case_id = UUID(key or "")
    except ValueError:
        case_id = None
    if case_id is None or case_id.version != 4:
        raise Problem("idempotency-key-missing", sentence="Send the header with a new UUIDv4.")
    return str(case_id)


def _own(heard: Hearing) -> str:
    assert heard.participant is not None, "asked as a subject"
    return heard.participant
