"""How a program does, for its coordinators."""

from fastapi import APIRouter, Request, Response

from engine.queries.outcomes.mentors import MentorsOfProgram
from events.instants import Instant
from governance.committee import Committee
from governance.outcomes import freezing
from governance.store import baselines, warnings
from governance.store.baselines import FrozenBaseline
from governance.store.warnings import AnsweredWarning
from web.api.asking import AsCoordinator, Known, ReadFrom
from web.api.committee.asking import AsCoordinator as CoordinatorHeard
from web.api.outcomes.asking import Outcomes, outcomes_of
from web.api.recognition import AsOf
from web.http.path_ids import PathId
from web.reports.program_outcomes import ProgramOutcomes
from web.views.moment import Readings
from web.views.outcomes import of_program
from web.views.outcomes.program_shown import ProgramOutcomesShown

router = APIRouter(prefix="/v1/programs/{program}/outcomes", tags=["coordinator"])


@router.get("", operation_id="getProgramOutcomes")
def of_one(
    request: Request,
    program: PathId,
    coordinator: AsCoordinator,
    readings: ReadFrom,
    kept: Outcomes,
    as_of: AsOf,
    known: Known,
) -> ProgramOutcomesShown:
    """Cohorts, trends and baselines, warnings as counts, retention, and whom to look at."""
    mentors = kept.mentors_at(program, as_of)
    return program_read(request, readings, kept, mentors, program, as_of)


@router.post("/baselines/review", operation_id="reviewBaselines", status_code=204)
def review(program: PathId, heard: CoordinatorHeard, known: Known) -> Response:
    """Note that I looked whether the baselines still fit, as is done once a year."""
    with heard.sitting() as sitting:
        freezing.review(sitting, program, heard.principal.subject)
    return Response(status_code=204)


def program_read(
    request: Request,
    readings: Readings,
    kept: ProgramOutcomes,
    mentors: MentorsOfProgram,
    program: str,
    as_of: Instant,
) -> ProgramOutcomesShown:
    """A program as of an instant. Raises Problem where it has no stages."""
    outcomes = outcomes_of(kept, program, as_of)
    quiet = kept.quiet(program)
    committed = _committed(request, program)
    with readings.moment() as moment:
        return of_program.read(
            moment.directory, program, outcomes, mentors, quiet, committed, as_of
        )  # fmt: skip


def _committed(
    request: Request, program: str
) -> tuple[list[FrozenBaseline], list[AnsweredWarning]]:
    """What governance keeps; nothing where there is none."""
    committee: Committee | None = request.app.state.committee
    if committee is None:
        return [], []
    with committee.sitting() as sitting:
        frozen = baselines.of_program(sitting.tx, program)
        return frozen, warnings.of_program(sitting.tx, program)
