"""The committee's desk: the cases that wait for who looks, others, and decisions to judge again."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from web.api.asking import Known, PeoplePool
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import Done, PageHeard
from web.pages.frame import is_part
from web.rendering import desk
from web.rendering.templates import render
from web.rendering.texts import desk as texts
from web.views.committee import desk_reading

router = APIRouter(include_in_schema=False)


@router.get("/p/{program}/desk")
def queue(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """What waits on the desk, without names."""
    with heard.docket() as docket:
        asking.permit(request, docket.standing.has_desk)
        view, sits = desk_reading.queue(docket), docket.standing.sits
    framed = asking.framed(request, pool, heard, "desk")
    text = render(
        "desk.html",
        framed.layout,
        part=is_part(request),
        view=view,
        mine=desk.rows(view.mine),
        others=desk.rows(view.others),
        auditor=not sits,
        done=texts.DONE.get(done, ""),
    )
    return HTMLResponse(text)
