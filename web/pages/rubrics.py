"""The rubrics of a program: every row with its levels, and what counts what is rated."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from governance.committee import Committee
from web.api.asking import Known, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import MemberPage, is_part
from web.rendering.templates import render
from web.views import rubrics

router = APIRouter(include_in_schema=False)


@router.get("/p/{program}/rubrics")
def all_rubrics(
    request: Request, program: PathId, visitor: MemberPage, readings: ReadFrom, known: Known
) -> HTMLResponse:
    """All rubrics of a program."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "progress")
        shown = rubrics.read(moment, program)
    committee: Committee | None = request.app.state.committee
    if committee is not None and shown:
        with committee.sitting() as sitting:
            shown = rubrics.with_agreement(sitting, program, shown)
    text = render("rubrics.html", framed.layout, part=is_part(request), rubrics=shown)
    return HTMLResponse(text)
