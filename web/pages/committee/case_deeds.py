"""What somebody does with a case from its page: each answers with the page, or with why not."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.cases import appeals, hearings, moving, opening
from governance.committee import Sitting
from governance.store import cases as stored
from governance.store.cases import Case
from web.api.asking import PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages.committee import asking, case
from web.pages.committee.asking import CoordinatingPage, OwnPage, Written
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.texts import case as texts

router = APIRouter(include_in_schema=False)

_NEEDS_WORDS = "statement-needed"
Deed = Callable[[Sitting], object]


@router.post("/p/{program}/cases")
def apply(
    program: PathId,
    heard: OwnPage,
    about: Annotated[str, Form(min_length=1, max_length=255)],
    reason: Written = "",
    key: Annotated[str, Form(max_length=36)] = "",
) -> Response:
    """Apply, and show the case; a form that is sent twice opens one."""
    case_id, me = _case_id(key), asking.own(heard)
    try:
        with heard.sitting() as sitting:
            before = stored.of(sitting.tx, program, case_id)
            if before is not None and before.subject != me:
                case_id = str(uuid4())
            opening.apply(sitting, program, me, about, asking.words(reason) or "", case_id)
    except Problem as problem:
        if problem.kind != "already-open":
            raise
        return RedirectResponse(in_program(program, "progress", refused=problem.kind), 303)
    return RedirectResponse(case.address(program, case_id, "applied"), 303)


@router.post("/p/{program}/cases/{case_id}/go-on")
def go_on(
    request: Request, program: PathId, case_id: PathId, heard: OwnPage, pool: PeoplePool
) -> Response:
    """Go on with open lines."""
    me = asking.own(heard)

    def deed(sitting: Sitting) -> Case:
        return moving.go_on(sitting, program, case_id, me)

    return _done(request, pool, heard, case_id, "went_on", deed)


@router.post("/p/{program}/cases/{case_id}/withdraw")
def withdraw(
    request: Request, program: PathId, case_id: PathId, heard: OwnPage, pool: PeoplePool
) -> Response:
    """Withdraw it."""
    me = asking.own(heard)

    def deed(sitting: Sitting) -> Case:
        return moving.withdraw(sitting, program, case_id, me)

    return _done(request, pool, heard, case_id, "withdrawn", deed)


@router.post("/p/{program}/cases/{case_id}/answer")
def answer(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    text: Written = "",
) -> Response:
    """Answer in a hearing."""
    me, written = asking.own(heard), asking.words(text)
    if written is None:
        return _refused(request, pool, heard, case_id, _NEEDS_WORDS, 422, text)

    def deed(sitting: Sitting) -> Case:
        return hearings.answer(sitting, program, case_id, me, written)

    return _done(request, pool, heard, case_id, "answered", deed, text)


@router.post("/p/{program}/cases/{case_id}/appeals")
def appeal(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    text: Written = "",
) -> Response:
    """Appeal against how it was decided."""
    me, written = asking.own(heard), asking.words(text)
    if written is None:
        return _refused(request, pool, heard, case_id, _NEEDS_WORDS, 422, text)

    def deed(sitting: Sitting) -> Case:
        return appeals.lodge(sitting, program, case_id, me, written)

    return _done(request, pool, heard, case_id, "appealed", deed, text)


@router.post("/p/{program}/cases/{case_id}/acknowledge")
def acknowledge(
    request: Request, program: PathId, case_id: PathId, heard: CoordinatingPage, pool: PeoplePool
) -> Response:
    """Acknowledge an application."""

    def deed(sitting: Sitting) -> Case:
        return moving.acknowledge(
            sitting, program, case_id, heard.principal.subject, heard.participant
        )

    return _done(request, pool, heard, case_id, "acknowledged", deed)


@router.post("/p/{program}/cases/{case_id}/again")
def open_again(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    text: Written = "",
) -> Response:
    """Ask the committee whether the decision of a case still stands."""
    written, by = asking.words(text), heard.participant or heard.principal.subject
    if written is None:
        return _refused(request, pool, heard, case_id, _NEEDS_WORDS, 422, text)
    try:
        with heard.sitting() as sitting:
            decided = stored.of(sitting.tx, program, case_id)
            if decided is None or decided.decision_id is None:
                raise denied(request)
            opened = opening.open_withdrawal(
                sitting, program, decided.subject, decided.decision_id, by, written
            )
    except Problem as problem:
        return _why_not(request, pool, heard, case_id, problem, text)
    return RedirectResponse(in_program(program, "cases", opened.case_id), 303)


def _done(
    request: Request,
    pool: Engine,
    heard: Hearing,
    case_id: str,
    done: str,
    deed: Deed,
    filled: str = "",
) -> Response:
    try:
        with heard.sitting() as sitting:
            deed(sitting)
    except Problem as problem:
        return _why_not(request, pool, heard, case_id, problem, filled)
    return RedirectResponse(case.address(heard.program, case_id, done), 303)


def _why_not(
    request: Request,
    pool: Engine,
    heard: Hearing,
    case_id: str,
    problem: Problem,
    filled: str,
) -> Response:
    """The page with why it was refused. Raises what a page does not explain."""
    if problem.kind not in texts.REFUSALS:
        raise problem
    return _refused(request, pool, heard, case_id, problem.kind, problem.status, filled)


def _refused(
    request: Request,
    pool: Engine,
    heard: Hearing,
    case_id: str,
    fault: str,
    status: int,
    filled: str,
) -> Response:
    text = case.page(request, pool, heard, case_id, fault=fault, filled=filled, audits=False)
    if text is None:
        raise denied(request)
    return HTMLResponse(text, status)


def _case_id(key: str) -> str:
    """The id of a new case: the key of the form, if it is one."""
    try:
        given = UUID(key)
    except ValueError:
        return str(uuid4())
    return str(given if given.version == 4 else uuid4())
