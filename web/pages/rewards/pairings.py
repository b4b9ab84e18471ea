"""Pairings: one's own; to coordinators all of them, and whom a draw proposes."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.rewards import pairings
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import CoordinatingPage, Done, PageHeard
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import pairings as texts
from web.views.rewards import staffing_reading

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/pairings"
Id = Annotated[str, Form(min_length=1, max_length=255)]


@router.get(_PAGE)
def all_pairings(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """All that who looks may know."""
    return HTMLResponse(_page(request, pool, heard, done=texts.DONE.get(done, "")))


@router.post(f"{_PAGE}/proposals")
def propose(
    request: Request, program: PathId, heard: CoordinatingPage, pool: PeoplePool
) -> Response:
    """Propose who is paired with whom."""
    try:
        with heard.sitting() as sitting:
            pairings.propose(sitting, program, heard.principal.subject)
    except Problem as problem:
        return _refused(request, pool, heard, problem)
    return _done(program, "proposed")


@router.post(f"{_PAGE}/confirmations")
def confirm(
    request: Request,
    program: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    draw_id: Id,
    people: Annotated[list[str], Form(max_length=100)] = [],  # noqa: B006 # FastAPI copies it
) -> Response:
    """Pair the newcomers who are ticked."""
    try:
        with heard.sitting() as sitting:
            pairings.confirm(sitting, program, draw_id, heard.principal.subject, people)
    except Problem as problem:
        return _refused(request, pool, heard, problem)
    return _done(program, "confirmed")


@router.post(f"{_PAGE}/ends")
def end(
    request: Request,
    program: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    record_id: Id,
    seen_through: Annotated[bool, Form()],
) -> Response:
    """End a pairing."""
    by = heard.principal.subject
    try:
        with heard.sitting() as sitting:
            pairings.end(sitting, program, record_id, by, seen_through=seen_through)
    except Problem as problem:
        return _refused(request, pool, heard, problem)
    return _done(program, "ended")


def _refused(request: Request, pool: Engine, heard: Hearing, problem: Problem) -> HTMLResponse:
    fault = texts.REFUSALS.get(problem.kind)
    if fault is None:
        raise problem
    return HTMLResponse(_page(request, pool, heard, fault=fault), problem.status)


def _done(program: str, done: str) -> Response:
    return RedirectResponse(in_program(program, "pairings", done=done), 303)


def _page(
    request: Request, pool: Engine, heard: Hearing, *, done: str = "", fault: str = ""
) -> str:
    with heard.docket() as docket:
        view, standing = staffing_reading.of_pairings(docket), docket.standing
    framed = asking.framed(request, pool, heard, "rewards")
    return render(
        "rewards/pairings.html",
        framed.layout,
        part=is_part(request),
        view=view,
        coordinates=standing.coordinates,
        done=done,
        fault=fault,
    )
