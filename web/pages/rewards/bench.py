"""The bench: who sits, who offers, and whom a draw proposes."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.rewards import benches
from governance.store.bench import Offer
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import CoordinatingPage, Done, OwnPage, PageHeard
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import bench as texts
from web.views.rewards import staffing_reading

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/bench"
Id = Annotated[str, Form(min_length=1, max_length=255)]


@router.get(_PAGE)
def bench(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """Who sits, and what one offers."""
    return HTMLResponse(_page(request, pool, heard, done=texts.DONE.get(done, "")))


@router.post(f"{_PAGE}/offers")
def offer(
    request: Request,
    program: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    bench: Annotated[bool, Form()] = False,
    discipline: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Write what one offers."""
    me = asking.own(heard)
    with heard.sitting() as sitting:
        benches.offer(sitting, program, me, Offer(program, me, bench, discipline))
    return _done(program, "offered")


@router.post(f"{_PAGE}/proposals")
def propose(
    request: Request, program: PathId, heard: CoordinatingPage, pool: PeoplePool
) -> Response:
    """Draw who sits next."""
    try:
        with heard.sitting() as sitting:
            benches.propose(sitting, program, heard.principal.subject)
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
    """Seat those who are ticked."""
    try:
        with heard.sitting() as sitting:
            benches.confirm(sitting, program, draw_id, heard.principal.subject, people)
    except Problem as problem:
        return _refused(request, pool, heard, problem)
    return _done(program, "confirmed")


def _refused(request: Request, pool: Engine, heard: Hearing, problem: Problem) -> HTMLResponse:
    fault = texts.REFUSALS.get(problem.kind)
    if fault is None:
        raise problem
    return HTMLResponse(_page(request, pool, heard, fault=fault), problem.status)


def _done(program: str, done: str) -> Response:
    return RedirectResponse(in_program(program, "bench", done=done), 303)


def _page(
    request: Request, pool: Engine, heard: Hearing, *, done: str = "", fault: str = ""
) -> str:
    with heard.docket() as docket:
        view, standing = staffing_reading.of_bench(docket), docket.standing
    framed = asking.framed(request, pool, heard, "rewards")
    return render(
        "rewards/bench.html",
        framed.layout,
        part=is_part(request),
        view=view,
        coordinates=standing.coordinates,
        done=done,
        fault=fault,
    )
