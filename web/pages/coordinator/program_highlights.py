"""A program's highlights, for its coordinators: what people were awarded of late, by month."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from web.api.asking import After, Known, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import CoordinatorPage, is_part
from web.problems import Fault, Problem
from web.rendering.templates import render
from web.views import program_highlights
from web.views.cursors import BadCursor

router = APIRouter(include_in_schema=False)

_PAGE = 30


@router.get("/p/{program}/highlights/all")
def of_program(
    request: Request,
    program: PathId,
    visitor: CoordinatorPage,
    readings: ReadFrom,
    after: After,
    known: Known,
) -> HTMLResponse:
    """The program's latest awards, a page at a time."""
    now = request.app.state.settings.now()
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "highlights/all")
        try:
            view = program_highlights.read(moment, program, after or None, _PAGE, now)
        except BadCursor:
            raise Problem.invalid(Fault("/query/after", "is no page of this list")) from None
    text = render(
        "program_highlights.html",
        framed.layout,
        part=is_part(request),
        page=view,
        after=after or None,
    )
    return HTMLResponse(text)
