"""A case on the desk: its evidence once it is opened, and what a member may do with it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.cases import desk as desk_deeds
from web.api.asking import Desk, Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.identity.authenticate import sign_in_again_address
from web.notes import opened_packs
from web.notes.desk import NotesDesk
from web.pages.committee import asking
from web.pages.committee.asking import PageHeard, VoterPage, Written
from web.pages.frame import is_part
from web.rendering import desk
from web.rendering.addresses import in_program
from web.rendering.desk import SignatureForm
from web.rendering.templates import render

router = APIRouter(include_in_schema=False)

Reason = Annotated[str, Form(max_length=2_000)]
_CASE = "/p/{program}/desk/{case_id}"


@router.get(_CASE)
def one(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    notes: Desk,
    known: Known,
) -> HTMLResponse:
    """A case that who looks decides, judges or audits."""
    return HTMLResponse(page(request, pool, notes, heard, case_id, SignatureForm()))


@router.post(f"{_CASE}/open")
def open_blind(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    notes: Desk,
    statement: Written = "",
) -> Response:
    """Open the evidence, without names. Reasons that were written over evidence that has changed
    since are kept in the form."""
    with heard.docket() as docket:
        asking.permit(request, docket.standing.has_desk)
        opened_packs.open_blind(docket, case_id)
    if not statement:
        return RedirectResponse(address(program, case_id), 303)
    form = SignatureForm(statement=statement.replace("\r\n", "\n"))
    return HTMLResponse(page(request, pool, notes, heard, case_id, form))


@router.post(f"{_CASE}/unblind")
def open_with_name(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    notes: Desk,
    reason: Reason = "",
) -> Response:
    """Open it with the name, for a reason."""
    why = asking.words(reason)
    if why is None:
        form = SignatureForm(fault="reason-needed")
        return HTMLResponse(page(request, pool, notes, heard, case_id, form), 422)
    with heard.docket() as docket:
        asking.permit(request, docket.standing.has_desk)
        opened_packs.open_with_name(docket, case_id, why)
    return RedirectResponse(address(program, case_id), 303)


@router.post(f"{_CASE}/recuse")
def recuse(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: VoterPage,
    pool: PeoplePool,
    notes: Desk,
    reason: Reason = "",
) -> Response:
    """Step aside, for a reason."""
    why = asking.words(reason)
    if why is None:
        form = SignatureForm(fault="reason-needed")
        return HTMLResponse(page(request, pool, notes, heard, case_id, form), 422)
    with heard.sitting() as sitting:
        desk_deeds.recuse(sitting, program, case_id, asking.own(heard), why)
    return RedirectResponse(in_program(program, "desk", done="recused"), 303)


def page(
    request: Request,
    pool: Engine,
    notes: NotesDesk,
    heard: Hearing,
    case_id: str,
    form: SignatureForm,
) -> str:
    """The page of a case, with what stands in the form. Raises Problem where it is not theirs."""
    with heard.docket() as docket:
        asking.permit(request, docket.standing.has_desk)
        case = opened_packs.read(docket, notes, case_id, heard.principal)
        judges = case.seat == "none" and opened_packs.is_sample(docket, case_id)
    framed = asking.framed(request, pool, heard, "desk")
    return render(
        "desk_case.html",
        framed.layout,
        part=is_part(request),
        case=case,
        page=desk.cards(case),
        form=form,
        again=sign_in_again_address(address(heard.program, case_id)),
        sample=judges,
    )


def address(program: str, case_id: str) -> str:
    """The page of a case on the desk."""
    return in_program(program, "desk", case_id)
