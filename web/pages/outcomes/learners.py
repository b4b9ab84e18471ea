"""My learners, and one learner's work."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from events.instants import from_datetime
from governance.outcomes import consenting
from governance.store.warnings import ANSWERS, WarningAnswer
from web.api.asking import Known, ReadFrom
from web.api.outcomes.asking import Outcomes, answers_of, outcomes_of
from web.api.outcomes.learners import standing
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages import frame
from web.pages.committee.asking import Done, OwnPage, own
from web.pages.frame import MemberPage, MyPage, Visitor, is_part
from web.policy import access
from web.rendering import outcomes as drawn
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import outcomes as texts
from web.views.outcomes import of_learner, of_mentor
from web.views.outcomes.of_learner import NotTheirLearner

router = APIRouter(include_in_schema=False)

_Kind = Annotated[str, Form(max_length=20)]
_About = Annotated[str, Form(max_length=2_000)]
_Answer = Annotated[str, Form(max_length=20)]


@router.get("/p/{program}/learners")
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
    """My learners, with early warnings."""
    now = from_datetime(request.app.state.settings.now())
    outcomes = outcomes_of(kept, program, now)
    answered = answers_of(request, program, me)
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "learners")
        view = of_mentor.read(moment.directory, program, outcomes, me, now, answered)
    text = render(
        "outcomes/learners.html",
        framed.layout,
        part=is_part(request),
        view=view,
        bands=drawn.bands_of(view.cohorts),
        signed=drawn.signed,
        warning_words=drawn.warning_words,
        can_answer=request.app.state.committee is not None,
        done=texts.DONE.get(done, ""),
    )
    return HTMLResponse(text)


@router.get("/p/{program}/learners/{participant}")
def one(
    request: Request,
    program: PathId,
    participant: PathId,
    visitor: MemberPage,
    readings: ReadFrom,
    kept: Outcomes,
    known: Known,
) -> HTMLResponse:
    """A learner's work, for them, their mentors and coordinators."""
    now = from_datetime(request.app.state.settings.now())
    outcomes = outcomes_of(kept, program, now)
    asks = access.as_participant(visitor, program)
    coordinates = access.as_coordinator(visitor, program)
    with readings.moment() as moment:
        try:
            view = of_learner.read(
                moment.directory, program, outcomes, participant, asks, now,
                coordinates=coordinates,
            )  # fmt: skip
        except NotTheirLearner:
            raise denied(request) from None
        here = {"me": "portfolio", "mentor": "learners"}.get(view.read_as, "recognition")
        framed = frame.read(moment.directory, request, visitor, program, here)
    text = render(
        "outcomes/learner.html",
        framed.layout,
        part=is_part(request),
        view=view,
        sketches=[drawn.rows_of(cohort) for cohort in view.cohorts],
        signed=drawn.signed,
    )
    return HTMLResponse(text)


@router.post("/p/{program}/learners/{participant}/warnings")
def answer(
    request: Request,
    program: PathId,
    participant: PathId,
    heard: OwnPage,
    kept: Outcomes,
    kind: _Kind = "",
    about: _About = "",
    answer: _Answer = "",
) -> Response:
    """Answer a warning about a learner of mine."""
    now = from_datetime(request.app.state.settings.now())
    how = _answer(answer)
    warning = standing(kept, program, own(heard), (participant, kind, about), now)
    if warning is None or how is None:
        raise denied(request)
    with heard.sitting() as sitting:
        consenting.answer(sitting, program, warning, how)
    return RedirectResponse(in_program(program, "learners", done="answered"), 303)


def _answer(text: str) -> WarningAnswer | None:
    return next((known for known in ANSWERS if known == text), None)
