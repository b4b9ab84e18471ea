"""The desk: cases without names, their packs, what members sign.

A case on which somebody has no seat is not there for them, but as a line of the queue.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from pydantic import BaseModel, ConfigDict, Field

from events.schemas.values import PrivateNarrative
from governance.cases import desk, signing
from governance.cases.signing import AskedSignature
from governance.rules.states import CaseState, Outcome
from web.api.asking import Desk, Known
from web.api.committee.asking import AsDesk, AsMemberOfCommittee, Hearing
from web.api.committee.cases import Words
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.notes import opened_packs
from web.problems import Problem
from web.views.committee import desk_reading
from web.views.committee.desk import DeskCase, PackShown, QueueShown
from web.views.model import View

router = APIRouter(prefix="/v1/programs/{program}", tags=["committee"])

_BODY = ConfigDict(extra="forbid", frozen=True)
_Ids = Annotated[list[Annotated[str, Field(min_length=1, max_length=255)]], Field(max_length=100)]


class NameAsked(BaseModel):
    """Why a member needs the name; it is logged."""

    model_config = _BODY

    reason: Words


class Recused(BaseModel):
    """Why a member keeps out, if they say so; only auditors read it."""

    model_config = _BODY

    why: PrivateNarrative | None = None


class Signed(BaseModel):
    """What a member signs. `statement`: the reasons in words. `also`: of "retracted", decisions for
    higher stages that go with it; `retracts`: of "upheld", reviews that were wrong."""

    model_config = _BODY

    outcome: Outcome
    statement: PrivateNarrative | None = None
    also: _Ids = []
    retracts: _Ids = []


class SignatureGiven(View):
    """A case after a signature. `outcome`: null while others have yet to sign."""

    case_id: str
    state: CaseState
    mine: Outcome
    outcome: Outcome | None


@router.get("/desk", operation_id="getDesk")
def queue(heard: AsDesk, known: Known) -> QueueShown:
    """The cases that wait for signatures, for the committee and auditors."""
    with heard.docket() as docket:
        return desk_reading.queue(docket)


@router.get("/desk/{case_id}", operation_id="getDeskCase")
def one(case_id: PathId, heard: AsDesk, notes: Desk, known: Known) -> DeskCase:
    """A case on which I have a seat, with its pack once I have opened it."""
    with heard.docket() as docket:
        return opened_packs.read(docket, notes, case_id, heard.principal)


@router.get("/cases/{case_id}/pack", operation_id="openPack")
def pack(
    case_id: PathId, heard: AsDesk, notes: Desk, response: Response, known: Known
) -> PackShown:
    """Open the present pack of a case, without names. That it was opened is logged."""
    with heard.docket() as docket:
        shown = opened_packs.pack(docket, notes, case_id, heard.principal)
        response.headers["ETag"] = f'"{shown.digest}"'
        return shown


@router.post("/cases/{case_id}/unblinding", operation_id="unblindPack")
def unblind(
    case_id: PathId,
    heard: AsDesk,
    notes: Desk,
    known: Known,
    asked: Annotated[NameAsked, Depends(json_body(NameAsked))],
) -> DeskCase:
    """Open the present pack with the name, for a reason, which is logged."""
    with heard.docket() as docket:
        opened_packs.open_with_name(docket, case_id, asked.reason)
        return opened_packs.read(docket, notes, case_id, heard.principal)


@router.post("/cases/{case_id}/recusals", operation_id="recuseMyself", status_code=204)
def recuse(
    case_id: PathId,
    heard: AsMemberOfCommittee,
    known: Known,
    recused: Annotated[Recused, Depends(json_body(Recused))],
) -> None:
    """Keep out of a case. Done already: nothing happens."""
    with heard.sitting() as sitting:
        desk.recuse(sitting, heard.program, case_id, _own(heard), recused.why or "")


@router.post("/cases/{case_id}/signatures", operation_id="signCase", status_code=201)
def sign(
    case_id: PathId,
    heard: AsMemberOfCommittee,
    known: Known,
    signed: Annotated[Signed, Depends(json_body(Signed))],
    if_match: Annotated[
        str | None, Header(description="The ETag of the pack that was read: its digest")
    ] = None,
) -> SignatureGiven:
    """Sign the present pack of a case, with a login of the last five minutes. The same signature
    again is the same answer."""
    if if_match is None:
        raise Problem("precondition-required")
    asked = AskedSignature(
        if_match.strip().strip('"'),
        signed.outcome,
        signed.statement or "",
        tuple(signed.also),
        tuple(signed.retracts),
    )
    with heard.sitting() as sitting:
        case = signing.sign(
            sitting, heard.program, case_id, _own(heard), heard.principal.authenticated_at, asked
        )
        return SignatureGiven(
            case_id=case.case_id, state=case.state, mine=signed.outcome, outcome=case.outcome
        )


def _own(heard: Hearing) -> str:
    assert heard.participant is not None, "of the committee"
    return heard.participant
