"""A learner's own portfolio, and what they consent to."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict

from engine.queries.outcomes.recorded import Voice
from events.instants import from_datetime
from events.schemas.values import Name
from governance.outcomes import consenting
from web.api.asking import Known, Me, ReadFrom
from web.api.committee.asking import AsSubject
from web.api.json_bodies import json_body
from web.api.outcomes.asking import Outcomes, consents_of, outcomes_of
from web.api.recognition import AsOf
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.reports.program_outcomes import ProgramOutcomes
from web.views.outcomes import portfolio
from web.views.outcomes.shown import PortfolioShown

router = APIRouter(prefix="/v1/programs/{program}/me", tags=["outcomes"])


class ConsentGiven(BaseModel):
    """A testimonial that I gave, and the mentor whom it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    testimonial_id: Name
    mentor_id: Name


@router.get("/portfolio", operation_id="getMyPortfolio")
def mine(
    request: Request,
    program: PathId,
    me: Me,
    readings: ReadFrom,
    kept: Outcomes,
    as_of: AsOf,
    known: Known,
) -> PortfolioShown:
    """My own work as a learner, the testimonials that I gave, and my consents."""
    outcomes = outcomes_of(kept, program, as_of)
    consents = consents_of(request, program, me)
    with readings.moment() as moment:
        return portfolio.read(moment.directory, program, outcomes, me, as_of, consents)


@router.post("/consents", operation_id="consentToTestimonial", status_code=204)
def consent(
    request: Request,
    program: PathId,
    heard: AsSubject,
    kept: Outcomes,
    known: Known,
    given: Annotated[ConsentGiven, Depends(json_body(ConsentGiven))],
) -> Response:
    """Let a mentor show a testimonial of mine on their public page. Done already: nothing
    happens."""
    assert heard.participant is not None, "asked as a participant"
    named = (given.testimonial_id, given.mentor_id)
    voice = voice_of(request, kept, program, heard.participant, named)
    if voice is None:
        raise denied(request)
    with heard.sitting() as sitting:
        consenting.consent_to_voice(sitting, program, heard.participant, voice)
    return Response(status_code=204)


@router.post("/consents/{consent_id}/give", operation_id="giveConsent", status_code=204)
def give(program: PathId, consent_id: PathId, heard: AsSubject, known: Known) -> Response:
    """Give a consent that I am asked for."""
    assert heard.participant is not None, "asked as a participant"
    with heard.sitting() as sitting:
        consenting.give(sitting, program, heard.participant, consent_id)
    return Response(status_code=204)


@router.delete("/consents/{consent_id}", operation_id="withdrawConsent", status_code=204)
def withdraw(program: PathId, consent_id: PathId, heard: AsSubject, known: Known) -> Response:
    """Withdraw a consent, or refuse one that I am asked for: at once nothing is shown by it."""
    assert heard.participant is not None, "asked as a participant"
    with heard.sitting() as sitting:
        consenting.withdraw(sitting, program, heard.participant, consent_id)
    return Response(status_code=204)


def voice_of(
    request: Request, kept: ProgramOutcomes, program: str, author: str, named: tuple[str, str]
) -> Voice | None:
    """A testimonial that somebody gave. `named`: its id, and the mentor whom it is for."""
    now = from_datetime(request.app.state.settings.now())
    for voice in outcomes_of(kept, program, now).facts.voices:
        if (voice.author, voice.id, voice.mentor) == (author, *named):
            return voice
    return None
