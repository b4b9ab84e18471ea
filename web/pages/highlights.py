"""Highlights: what somebody was awarded, latest first, by month."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from directory import membership
from web.api.asking import After, Known, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.problems import Fault, Problem
from web.rendering.templates import render
from web.views import badges, highlights
from web.views.cursors import BadCursor

router = APIRouter(include_in_schema=False)

_PAGE = 30
_LOOPS = 100


@router.get("/p/{program}/highlights")
def my_highlights(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    after: After,
    known: Known,
) -> HTMLResponse:
    """My awards, a page at a time."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "highlights")
        try:
            view = highlights.read(moment, program, me, after or None, _PAGE)
        except BadCursor:
            raise Problem.invalid(Fault("/query/after", "is no page of this list")) from None
        described = membership.loops_of(moment.directory, program, me, "", _LOOPS)
    loops = {item.loop_id: badges.named(item, me) for item in described}
    text = render(
        "highlights.html",
        framed.layout,
        part=is_part(request),
        page=view,
        after=after or None,
        loops=loops,
    )
    return HTMLResponse(text)
