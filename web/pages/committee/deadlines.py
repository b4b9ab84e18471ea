"""The cases of a program that are not over, late ones first: for coordinators and auditors."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from web.api.asking import Known, PeoplePool
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import PageHeard
from web.pages.frame import is_part
from web.rendering import cases
from web.rendering.templates import render
from web.views.committee import case_lines

router = APIRouter(include_in_schema=False)


@router.get("/p/{program}/cases")
def of_program(
    request: Request, program: PathId, heard: PageHeard, pool: PeoplePool, known: Known
) -> HTMLResponse:
    """What the committee is asked, and until when."""
    with heard.docket() as docket:
        asking.permit(request, docket.standing.reads_all)
        view = case_lines.deadlines(docket)
    framed = asking.framed(request, pool, heard, "cases")
    text = render(
        "cases.html",
        framed.layout,
        part=is_part(request),
        view=view,
        rows=cases.rows(view.items),
        late=sum(case.overdue for case in view.items),
    )
    return HTMLResponse(text)
