"""A member signs an outcome: it counts once, or the page says why not, with what was written. Of a
sample they say how they would have decided."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.audit import sample
from governance.cases import signing
from governance.cases.signing import AskedSignature
from governance.rules.states import OUTCOMES
from web.api.asking import Desk, PeoplePool
from web.http.path_ids import PathId
from web.pages.committee import asking, pack
from web.pages.committee.asking import VoterPage, Written
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.desk import SignatureForm
from web.rendering.texts import desk as texts

router = APIRouter(include_in_schema=False)

Chosen = Annotated[str, Form(max_length=40)]
Ticked = Annotated[list[str], Form(max_length=100)]


@router.post("/p/{program}/desk/{case_id}/sign")
def sign(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: VoterPage,
    pool: PeoplePool,
    notes: Desk,
    digest: Annotated[str, Form(alias="pack", max_length=64)],
    outcome: Chosen = "",
    statement: Written = "",
    also: Ticked = [],  # noqa: B006 # FastAPI copies it
    retracts: Ticked = [],  # noqa: B006
) -> Response:
    """Sign, and show the desk; or the case again."""
    chosen = next((one for one in OUTCOMES if one == outcome), None)
    form = SignatureForm(
        outcome, statement.replace("\r\n", "\n"), frozenset(also), frozenset(retracts)
    )

    def again(fault: str, status: int) -> Response:
        """The case again, with what was written and why it was not signed."""
        filled = replace(form, fault=fault)
        return HTMLResponse(pack.page(request, pool, notes, heard, case_id, filled), status)

    written = asking.words(statement)
    if chosen is None:
        return again("outcome-not-offered", 422)
    if written is None and statement.strip():
        return again("statement-needed", 422)
    asked = AskedSignature(digest, chosen, written or "", tuple(also), tuple(retracts))
    me, at = asking.own(heard), heard.principal.authenticated_at
    try:
        with heard.sitting() as sitting:
            case = signing.sign(sitting, program, case_id, me, at, asked)
    except Problem as problem:
        kind = "statement-needed" if problem.kind == "invalid" else problem.kind
        if kind not in texts.REFUSALS:
            raise
        return again(kind, problem.status)
    done = "signed" if case.outcome is None else "decided"
    return RedirectResponse(in_program(program, "desk", done=done), 303)


@router.post("/p/{program}/desk/{case_id}/judge")
def judge(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: VoterPage,
    pool: PeoplePool,
    notes: Desk,
    outcome: Chosen = "",
) -> Response:
    """Say how one would have decided, and show the desk."""
    chosen = next((one for one in OUTCOMES if one == outcome), None)
    if chosen is None:
        form = SignatureForm(fault="outcome-not-offered")
        return HTMLResponse(pack.page(request, pool, notes, heard, case_id, form), 422)
    try:
        with heard.sitting() as sitting:
            sample.judge(sitting, program, case_id, asking.own(heard), chosen)
    except Problem as problem:
        if problem.kind not in texts.REFUSALS:
            raise
        form = SignatureForm(outcome, fault=problem.kind)
        text = pack.page(request, pool, notes, heard, case_id, form)
        return HTMLResponse(text, problem.status)
    return RedirectResponse(in_program(program, "desk", done="judged"), 303)
