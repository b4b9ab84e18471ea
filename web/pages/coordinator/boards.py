"""Boards for coordinators: somebody's badges in all loops, and a loop with everybody in it."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from engine.queries.errors import UnknownLoop
from web.api.asking import After, Known, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import CoordinatorPage, is_part
from web.problems import Problem
from web.rendering import cards
from web.rendering.templates import render
from web.views import badges, loop_board
from web.views.badges import UnknownPerson

router = APIRouter(include_in_schema=False)

_LOOPS = 20


@router.get("/p/{program}/people/{participant}/board")
def of_person(
    request: Request,
    program: PathId,
    participant: PathId,
    visitor: CoordinatorPage,
    readings: ReadFrom,
    after: After,
    known: Known,
) -> HTMLResponse:
    """Somebody's badges, over all loops and loop by loop."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "people")
        try:
            view = badges.of_somebody(moment, program, participant, after=after, limit=_LOOPS)
        except UnknownPerson:
            raise Problem.not_found() from None
    text = render(
        "person_board.html",
        framed.layout,
        part=is_part(request),
        view=view,
        groups=cards.overview(view.badges, [loop.badges for loop in view.loops]),
        loops=cards.of_loops(view.loops),
        after=after or None,
    )
    return HTMLResponse(text)


@router.get("/p/{program}/loops/{loop}/board")
def of_loop(
    request: Request,
    program: PathId,
    loop: PathId,
    visitor: CoordinatorPage,
    readings: ReadFrom,
    known: Known,
) -> HTMLResponse:
    """A loop's members with their badges there."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "people")
        try:
            view = loop_board.read(moment, program, loop)
        except UnknownLoop:
            raise Problem.not_found() from None
    text = render(
        "loop_board.html",
        framed.layout,
        part=is_part(request),
        view=view,
        members=cards.of_members(view.members),
    )
    return HTMLResponse(text)
