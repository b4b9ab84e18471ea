"""How somebody gets on through the stages of a program, and the rubrics that work is rated under.

Only they themselves and coordinators of the program ask; where there is no such stage or rubric, or
none at all, the answer is 404.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from engine.queries.errors import UnknownStage
from events.instants import Instant, from_datetime, parse_instant
from web.api.asking import After, AsCoordinator, AsMember, Known, Limit, Me, ReadFrom
from web.http.path_ids import PathId
from web.problems import Fault, Problem
from web.views import rubrics, way
from web.views.badges import UnknownPerson
from web.views.cursors import BadCursor
from web.views.line_facts import FactsOfLine
from web.views.moment import Moment
from web.views.progress import ProgressShown
from web.views.rubrics import RubricShown, RubricsShown, UnknownRubric
from web.views.way import (
    LineAsked,
    LineRead,
    NoStages,
    ProgressRead,
    UnknownLine,
)

router = APIRouter(prefix="/v1/programs/{program}")


async def instant_of(
    request: Request,
    as_of: Annotated[
        str | None,
        Query(
            max_length=64,
            description="The instant to ask as of; now without one. Facts behind it do not count.",
            examples=["2026-05-05T12:00:00Z"],
        ),
    ] = None,
) -> Instant:
    """As of when is asked."""
    if as_of is None:
        return from_datetime(request.app.state.settings.now())
    try:
        return parse_instant(as_of)
    except ValueError:
        fault = Fault("/query/as_of", "must be an instant such as 2026-05-05T12:00:00Z")
        raise Problem.invalid(fault) from None


AsOf = Annotated[Instant, Depends(instant_of)]
StageName = Annotated[str | None, Query(max_length=255, description="The stage to ask about")]
LineAddress = Annotated[
    str, Query(max_length=64, description="The `line` of a line of the checklist")
]
OfRenewal = Annotated[bool, Query(description="Whether the line is one of the renewal")]


@router.get("/me/recognition", operation_id="getMyRecognition", tags=["me"])
def mine(
    program: PathId, me: Me, readings: ReadFrom, as_of: AsOf, known: Known, stage: StageName = None
) -> ProgressShown:
    """My stages, and what the next one asks for."""
    with readings.moment() as moment:
        return way_read(moment, program, me, as_of, stage, exists=True).shown


@router.get("/me/recognition/{stage}/facts", operation_id="getMyRecognitionFacts", tags=["me"])
def my_facts(
    program: PathId,
    stage: PathId,
    me: Me,
    readings: ReadFrom,
    as_of: AsOf,
    after: After,
    known: Known,
    line: LineAddress,
    renewal: OfRenewal = False,
    limit: Limit = 20,
) -> FactsOfLine:
    """The facts behind a line of my checklist."""
    asked = LineAsked(stage, line, renewal, after, limit)
    with readings.moment() as moment:
        return line_read(moment, program, me, as_of, asked, exists=True).facts


@router.get(
    "/mentors/{participant}/recognition", operation_id="getRecognition", tags=["coordinator"]
)
def of_mentor(
    program: PathId,
    participant: PathId,
    coordinator: AsCoordinator,
    readings: ReadFrom,
    as_of: AsOf,
    known: Known,
    stage: StageName = None,
) -> ProgressShown:
    """Somebody's stages, and what the next one asks of them, for a coordinator of the program."""
    with readings.moment() as moment:
        return way_read(moment, program, participant, as_of, stage, exists=False).shown


@router.get(
    "/mentors/{participant}/recognition/{stage}/facts",
    operation_id="getRecognitionFacts",
    tags=["coordinator"],
)
def facts_of_mentor(
    program: PathId,
    participant: PathId,
    stage: PathId,
    coordinator: AsCoordinator,
    readings: ReadFrom,
    as_of: AsOf,
    after: After,
    known: Known,
    line: LineAddress,
    renewal: OfRenewal = False,
    limit: Limit = 20,
) -> FactsOfLine:
    """The facts behind a line of somebody's checklist, for a coordinator of the program."""
    asked = LineAsked(stage, line, renewal, after, limit)
    with readings.moment() as moment:
        return line_read(moment, program, participant, as_of, asked, exists=False).facts


@router.get("/rubrics", operation_id="getRubrics", tags=["program"])
def all_rubrics(
    program: PathId, member: AsMember, readings: ReadFrom, known: Known
) -> RubricsShown:
    """The rubrics of the program, with what counts what is rated under them."""
    with readings.moment() as moment:
        return RubricsShown(items=rubrics.read(moment, program))


@router.get("/rubrics/{name}/{version}", operation_id="getRubric", tags=["program"])
def one_rubric(
    program: PathId,
    name: PathId,
    version: PathId,
    member: AsMember,
    readings: ReadFrom,
    known: Known,
) -> RubricShown:
    """One version of a rubric."""
    with readings.moment() as moment:
        try:
            return rubrics.one(moment, program, name, version)
        except UnknownRubric:
            raise Problem.not_found() from None


def way_read(
    moment: Moment,
    program: str,
    participant: str,
    as_of: Instant,
    stage: str | None,
    *,
    exists: bool,
) -> ProgressRead:
    """As `way.read`. Raises Problem where there is nothing, and for a stage that is none."""
    try:
        return way.read(moment, program, participant, as_of, stage, exists=exists)
    except (NoStages, UnknownPerson):
        raise Problem.not_found() from None
    except UnknownStage:
        raise Problem.invalid(Fault("/query/stage", "is no stage of this program")) from None


def line_read(
    moment: Moment,
    program: str,
    participant: str,
    as_of: Instant,
    asked: LineAsked,
    *,
    exists: bool,
) -> LineRead:
    """As `way.facts`. Raises Problem where there is nothing, and for a line that is none."""
    try:
        return way.facts(moment, program, participant, as_of, asked, exists=exists)
    except (NoStages, UnknownPerson, UnknownStage):
        raise Problem.not_found() from None
    except UnknownLine:
        raise Problem.invalid(Fault("/query/line", "is no line of this stage")) from None
    except BadCursor:
        fault = Fault("/query/after", "must be the `next` of an answer")
        raise Problem.invalid(fault) from None
