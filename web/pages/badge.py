"""One badge: the dialog of the Kudos page, and its own page."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from directory import membership
from engine.queries.errors import UnknownBadge
from web.api.asking import Known, OneLoop, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.problems import Problem
from web.rendering.templates import render
from web.views import badge, badges

router = APIRouter(include_in_schema=False)

_LOOPS = 20


@router.get("/p/{program}/kudos/{badge_name}")
def one_badge(
    request: Request,
    program: PathId,
    badge_name: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    loop: OneLoop,
    known: Known,
) -> HTMLResponse:
    """A badge of mine, in the loop that is asked for or the one in which I am furthest."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "kudos")
        described = membership.loops_of(moment.directory, program, me, "", _LOOPS)
        try:
            view = badge.read(moment, program, me, badge_name, loop)
        except UnknownBadge:
            raise Problem.not_found() from None
    text = render(
        "badge.html",
        framed.layout,
        part=is_part(request),
        detail=view,
        choices=[badges.named(item, me) for item in described],
        chosen=loop,
    )
    return HTMLResponse(text)
