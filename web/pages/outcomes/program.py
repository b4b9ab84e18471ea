"""The coordinator's page of recognition: how mentoring does, and what to look at."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.store.postgres.connection import transaction
from events.instants import from_datetime
from governance.outcomes import freezing
from web.api.asking import Known, PeoplePool, ReadFrom
from web.api.outcomes.asking import Outcomes
from web.api.outcomes.program import program_read
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.committee.asking import CoordinatingPage, Done
from web.pages.frame import CoordinatorPage, is_part
from web.policy.endpoints import EVERY
from web.rendering import recognition as drawn
from web.rendering.addresses import in_program
from web.rendering.outcomes import signed
from web.rendering.templates import render
from web.rendering.texts import recognition as texts

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/recognition"


@router.get(_PAGE)
def of_program(
    request: Request,
    program: PathId,
    visitor: CoordinatorPage,
    pool: PeoplePool,
    readings: ReadFrom,
    kept: Outcomes,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """How mentoring does in a program."""
    now = from_datetime(request.app.state.settings.now())
    mentors = kept.mentors(program)
    view = program_read(request, readings, kept, mentors, program, now)
    with transaction(pool) as tx:
        framed = frame.read(tx, request, visitor, program, "recognition")
    text = render(
        "outcomes/recognition.html",
        framed.layout,
        part=is_part(request),
        view=view,
        links=_links(),
        trend=drawn.trend_of(view.cohorts),
        signed=signed,
        gain=drawn.gain,
        usual=drawn.usual,
        name=drawn.name,
        stayed=drawn.stayed,
        kind_of_input=drawn.kind_of_input,
        done=texts.DONE.get(done, ""),
    )
    return HTMLResponse(text)


@router.post(f"{_PAGE}/baselines")
def review(program: PathId, heard: CoordinatingPage) -> Response:
    """Note that a coordinator looked at the baselines."""
    with heard.sitting() as sitting:
        freezing.review(sitting, program, heard.principal.subject)
    return RedirectResponse(in_program(program, "recognition", done="reviewed"), 303)


def _links() -> list[tuple[str, str]]:
    """The pages of recognition that there are."""
    paths = {endpoint.path for endpoint in EVERY if endpoint.method == "GET"}
    return [(page, text) for page, text in texts.LINKS_TO if f"/p/{{program}}/{page}" in paths]
