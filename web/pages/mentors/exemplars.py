"""Links of mentors to work, which a coordinator looks at before anybody else can."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.errors import PageRefused
from governance.mentors import exemplars
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import CoordinatingPage, Done
from web.pages.frame import is_part
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import exemplars as texts
from web.views.mentors import checking

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/exemplars"


@router.get(_PAGE)
def all_links(
    request: Request,
    program: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """All links, those that wait first."""
    return HTMLResponse(_page(request, pool, heard, done=texts.DONE.get(done, "")))


@router.post(_PAGE)
def check(
    request: Request,
    program: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    link_id: Annotated[str, Form(max_length=255)],
    state: Annotated[Literal["accepted", "refused"], Form()],
) -> Response:
    """Accept or refuse a link; the latest word counts."""
    try:
        with heard.sitting() as sitting:
            exemplars.check(sitting, program, link_id, state, heard.principal.subject)
    except PageRefused:
        return HTMLResponse(_page(request, pool, heard, fault=texts.GONE), 404)
    return RedirectResponse(in_program(program, "exemplars", done=state), 303)


def _page(
    request: Request, pool: Engine, heard: Hearing, *, done: str = "", fault: str = ""
) -> str:
    with heard.docket() as docket:
        view = checking.read(docket)
    framed = asking.framed(request, pool, heard, "exemplars")
    return render(
        "mentors/exemplars.html",
        framed.layout,
        part=is_part(request),
        view=view,
        done=done,
        fault=fault,
    )
