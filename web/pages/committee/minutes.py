"""Minutes: what the committee did, without names, sealed by a chair and then never changed."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance import minutes
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages.committee import asking
from web.pages.committee.asking import ChairPage, Done, PageHeard
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import minutes as texts
from web.views.committee import minutes_reading

router = APIRouter(include_in_schema=False)

Number = Annotated[str, Path(max_length=9)]


@router.get("/p/{program}/minutes")
def all_minutes(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """All minutes, latest first."""
    return HTMLResponse(_page(request, pool, heard, done=texts.SEALED_NOW if done else ""))


@router.get("/p/{program}/minutes/{number}")
def one(
    request: Request,
    program: PathId,
    number: Number,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
) -> HTMLResponse:
    """Minutes with their text."""
    with heard.docket() as docket:
        asking.permit(request, docket.standing.reads_minutes)
        view = minutes_reading.one(docket, int(number)) if number.isdecimal() else None
    if view is None:
        raise denied(request)
    framed = asking.framed(request, pool, heard, "minutes")
    text = render("minutes_read.html", framed.layout, part=is_part(request), view=view)
    return HTMLResponse(text)


@router.post("/p/{program}/minutes")
def seal(request: Request, program: PathId, heard: ChairPage, pool: PeoplePool) -> Response:
    """Seal what was recorded since the last ones."""
    try:
        with heard.sitting() as sitting:
            minutes.seal(sitting, program, asking.own(heard))
    except Problem as problem:
        fault = texts.FAULTS.get(problem.kind)
        if fault is None:
            raise
        text = _page(request, pool, heard, fault=fault)
        return HTMLResponse(text, problem.status)
    return RedirectResponse(in_program(program, "minutes", done="sealed"), 303)


def _page(
    request: Request, pool: Engine, heard: Hearing, *, done: str = "", fault: str = ""
) -> str:
    with heard.docket() as docket:
        asking.permit(request, docket.standing.reads_minutes)
        view = minutes_reading.read(docket)
    framed = asking.framed(request, pool, heard, "minutes")
    return render(
        "minutes.html", framed.layout, part=is_part(request), view=view, done=done, fault=fault
    )
