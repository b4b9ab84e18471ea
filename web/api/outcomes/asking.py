"""What endpoints and pages about outcomes share: whether a program has them, and answers that need
governance where there is any."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Request

from engine.queries.outcomes.reading import OutcomesOfProgram
from events.instants import Instant
from governance.committee import Committee
from governance.store import consents, warnings
from governance.store.consents import Consent
from governance.store.warnings import AnsweredWarning
from web.problems import Problem
from web.reports.program_outcomes import ProgramOutcomes


async def program_outcomes(request: Request) -> ProgramOutcomes:
    """What this process keeps of outcomes."""
    kept: ProgramOutcomes = request.app.state.outcomes
    return kept


Outcomes = Annotated[ProgramOutcomes, Depends(program_outcomes)]


def outcomes_of(kept: ProgramOutcomes, program: str, as_of: Instant) -> OutcomesOfProgram:
    """The outcomes of a program as of an instant. Raises Problem where it has no stages."""
    outcomes = kept.of(program)
    if not outcomes.staged:
        raise Problem.not_found()
    return outcomes.until(as_of)


def answers_of(request: Request, program: str, mentor: str) -> Sequence[AnsweredWarning]:
    """What a mentor answered to warnings; nothing where there is no governance."""
    committee: Committee | None = request.app.state.committee
    if committee is None:
        return ()
    with committee.sitting() as sitting:
        return warnings.of_mentor(sitting.tx, program, mentor)


def consents_of(request: Request, program: str, learner: str) -> Sequence[Consent] | None:
    """The consents of a learner; None where there is no governance."""
    committee: Committee | None = request.app.state.committee
    if committee is None:
        return None
    with committee.sitting() as sitting:
        return consents.of_learner(sitting.tx, program, learner)
