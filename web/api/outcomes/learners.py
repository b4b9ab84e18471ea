"""A mentor's learners, and what became of one learner's work."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from engine.queries.outcomes.warnings import EarlyWarning, WarningKind
from events.instants import Instant, from_datetime
from governance.outcomes import consenting
from governance.store.warnings import WarningAnswer
from web.api.asking import AsCoordinator, AsMember, Known, Me, ReadFrom
from web.api.committee.asking import AsSubject
from web.api.json_bodies import json_body
from web.api.outcomes.asking import Outcomes, answers_of, outcomes_of
from web.api.recognition import AsOf
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.policy import access
from web.problems import Problem
from web.reports.program_outcomes import ProgramOutcomes
from web.views.outcomes import of_learner, of_mentor
from web.views.outcomes.of_learner import NotTheirLearner
from web.views.outcomes.shown import LearnerOutcomes, LearnersShown

router = APIRouter(prefix="/v1/programs/{program}", tags=["outcomes"])

Kind = Literal["silent", "late", "flat", "low", "due"]


class AnswerToWarning(BaseModel):
    """A warning that stands, and what its mentor says of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    about: str = Field(min_length=1, max_length=2_000)
    answer: WarningAnswer


@router.get("/me/learners", operation_id="getMyLearners")
def mine(
    request: Request,
    program: PathId,
    me: Me,
    readings: ReadFrom,
    kept: Outcomes,
    as_of: AsOf,
    known: Known,
) -> LearnersShown:
    """My learners, with early warnings, which nobody else sees."""
    outcomes = outcomes_of(kept, program, as_of)
    answered = answers_of(request, program, me)
    with readings.moment() as moment:
        return of_mentor.read(moment.directory, program, outcomes, me, as_of, answered)


@router.get("/mentors/{participant}/learners", operation_id="getLearnersOfMentor")
def of_one(
    program: PathId,
    participant: PathId,
    coordinator: AsCoordinator,
    readings: ReadFrom,
    kept: Outcomes,
    as_of: AsOf,
    known: Known,
) -> LearnersShown:
    """Somebody's learners, for a coordinator: without warnings."""
    outcomes = outcomes_of(kept, program, as_of)
    if not outcomes.guided_by(participant):
        raise Problem.not_found()
    with readings.moment() as moment:
        return of_mentor.read(moment.directory, program, outcomes, participant, as_of, None)


@router.get("/learners/{participant}/outcomes", operation_id="getOutcomes")
def outcomes_of_learner(
    request: Request,
    program: PathId,
    participant: PathId,
    member: AsMember,
    readings: ReadFrom,
    kept: Outcomes,
    as_of: AsOf,
    known: Known,
) -> LearnerOutcomes:
    """A learner's rows, gains and checkpoints: for them, their mentors and coordinators."""
    outcomes = outcomes_of(kept, program, as_of)
    asks = access.as_participant(member, program)
    coordinates = access.as_coordinator(member, program)
    with readings.moment() as moment:
        try:
            return of_learner.read(
                moment.directory, program, outcomes, participant, asks, as_of,
                coordinates=coordinates,
            )  # fmt: skip
        except NotTheirLearner:
            raise denied(request) from None


@router.post("/me/learners/{participant}/warnings", operation_id="answerWarning", status_code=204)
def answer(
    request: Request,
    program: PathId,
    participant: PathId,
    heard: AsSubject,
    kept: Outcomes,
    known: Known,
    answered: Annotated[AnswerToWarning, Depends(json_body(AnswerToWarning))],
) -> Response:
    """Answer a warning about a learner of mine. Another answer replaces it."""
    assert heard.participant is not None, "asked as a participant"
    now = from_datetime(request.app.state.settings.now())
    asked = (participant, answered.kind, answered.about)
    warning = standing(kept, program, heard.participant, asked, now)
    if warning is None:
        raise denied(request)
    with heard.sitting() as sitting:
        consenting.answer(sitting, program, warning, answered.answer)
    return Response(status_code=204)


def standing(
    kept: ProgramOutcomes,
    program: str,
    mentor: str,
    asked: tuple[str, WarningKind | str, str],
    now: Instant,
) -> EarlyWarning | None:
    """The warning to a mentor that stands about this learner, of this kind, on these facts."""
    outcomes = outcomes_of(kept, program, now)
    for each in of_mentor.warnings_of(outcomes, mentor, now):
        if (each.learner, each.kind, each.about) == asked:
            return each
    return None
