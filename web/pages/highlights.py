"""Highlights: what somebody was awarded, latest first, by month."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from web.api.asking import After, Known, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.pages.rendering import render
from web.problems import Fault, Problem
from web.views import highlights
from web.views.highlights import BadCursor

router = APIRouter(include_in_schema=False)

_PAGE = 30


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
    text = render(
        "highlights.html", framed.layout, part=is_part(request), page=view, after=after or None
    )
    return HTMLResponse(text)
