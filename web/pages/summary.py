"""Somebody in short, for others of a self-match program."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from web.api.asking import Known, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.problems import Problem
from web.rendering.templates import render
from web.views import summary
from web.views.summary import NoSummary

router = APIRouter(include_in_schema=False)


@router.get("/p/{program}/people/{participant}")
def person_summary(
    request: Request,
    program: PathId,
    participant: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    known: Known,
) -> HTMLResponse:
    """Best levels and totals of somebody of the program."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "")
        try:
            view = summary.read(moment, program, participant)
        except NoSummary:
            raise Problem.not_found() from None
    return HTMLResponse(render("summary.html", framed.layout, part=is_part(request), summary=view))
