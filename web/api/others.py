"""What others see of somebody: everybody in a self-match program a summary, coordinators more."""

from fastapi import APIRouter

from engine.queries.errors import UnknownLoop
from web.api.asking import After, AsCoordinator, Known, Limit, Me, ReadFrom
from web.http.path_ids import PathId
from web.problems import Problem
from web.views import badges, loop_board, summary
from web.views.badges import PersonBadges, UnknownPerson
from web.views.loop_board import LoopBoardShown
from web.views.summary import NoSummary, PersonSummary

router = APIRouter(prefix="/v1/programs/{program}", tags=["others"])


@router.get("/people/{participant}/summary", operation_id="getSummary")
def person_summary(
    program: PathId, participant: PathId, me: Me, readings: ReadFrom, known: Known
) -> PersonSummary:
    """Somebody in short, where the program lets people find each other."""
    with readings.moment() as moment:
        try:
            return summary.read(moment, program, participant)
        except NoSummary:
            raise Problem.not_found() from None


@router.get("/people/{participant}/badges", operation_id="getPersonBadges", tags=["coordinator"])
def person_badges(
    program: PathId,
    participant: PathId,
    coordinator: AsCoordinator,
    readings: ReadFrom,
    after: After,
    known: Known,
    limit: Limit = 20,
) -> PersonBadges:
    """Somebody's badges, for a coordinator of the program."""
    with readings.moment() as moment:
        try:
            return badges.of_somebody(moment, program, participant, after=after, limit=limit)
        except UnknownPerson:
            raise Problem.not_found() from None


@router.get("/loops/{loop}/board", operation_id="getLoopBoard", tags=["coordinator"])
def board_of_loop(
    program: PathId, loop: PathId, coordinator: AsCoordinator, readings: ReadFrom, known: Known
) -> LoopBoardShown:
    """A loop's members with their badges, for a coordinator of the program."""
    with readings.moment() as moment:
        try:
            return loop_board.read(moment, program, loop)
        except UnknownLoop:
            raise Problem.not_found() from None
