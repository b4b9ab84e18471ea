"""My portfolio: a learner's own work, and what they let be shown of it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from events.instants import from_datetime
from governance.outcomes import consenting
from web.api.asking import Known, ReadFrom
from web.api.outcomes.asking import Outcomes, consents_of, outcomes_of
from web.api.outcomes.portfolio import voice_of
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages import frame
from web.pages.committee.asking import Done, OwnPage, own
from web.pages.frame import MyPage, Visitor, is_part
from web.rendering import outcomes as drawn
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import outcomes as texts
from web.views.outcomes import portfolio

router = APIRouter(include_in_schema=False)

_Id = Annotated[str, Form(max_length=255)]
_PAGE = "/p/{program}/portfolio"


@router.get(_PAGE)
def mine(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    kept: Outcomes,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """My own work, my testimonials, and my consents."""
    now = from_datetime(request.app.state.settings.now())
    outcomes = outcomes_of(kept, program, now)
    consents = consents_of(request, program, me)
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "portfolio")
        view = portfolio.read(moment.directory, program, outcomes, me, now, consents)
    text = render(
        "outcomes/portfolio.html",
        framed.layout,
        part=is_part(request),
        view=view,
        sketches=[drawn.rows_of(cohort) for cohort in view.outcomes.cohorts],
        signed=drawn.signed,
        done=texts.DONE.get(done, ""),
    )
    return HTMLResponse(text)


@router.post(f"{_PAGE}/voices")
def consent(
    request: Request,
    program: PathId,
    heard: OwnPage,
    kept: Outcomes,
    testimonial_id: _Id = "",
    mentor_id: _Id = "",
) -> Response:
    """Let a testimonial of mine be shown."""
    voice = voice_of(request, kept, program, own(heard), (testimonial_id, mentor_id))
    if voice is None:
        raise denied(request)
    with heard.sitting() as sitting:
        consenting.consent_to_voice(sitting, program, own(heard), voice)
    return _done(program, "given")


@router.post(f"{_PAGE}/consents/{{consent_id}}/give")
def give(program: PathId, consent_id: PathId, heard: OwnPage) -> Response:
    """Give a consent that I am asked for."""
    with heard.sitting() as sitting:
        consenting.give(sitting, program, own(heard), consent_id)
    return _done(program, "given")


@router.post(f"{_PAGE}/consents/{{consent_id}}/withdraw")
def withdraw(program: PathId, consent_id: PathId, heard: OwnPage) -> Response:
    """Take a consent back, or refuse it."""
    with heard.sitting() as sitting:
        consenting.withdraw(sitting, program, own(heard), consent_id)
    return _done(program, "withdrawn")


def _done(program: str, done: str) -> Response:
    return RedirectResponse(in_program(program, "portfolio", done=done), 303)
