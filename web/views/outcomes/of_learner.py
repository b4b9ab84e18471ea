"""A learner's work, cohort by cohort, for them, their mentors and coordinators."""

from collections import defaultdict
from collections.abc import Iterable

from directory import names
from engine.queries.outcomes import gains
from engine.queries.outcomes.reading import OutcomesOfProgram
from engine.queries.outcomes.recorded import Assessed, Checkpoint, OutcomeFacts
from engine.store.postgres.connection import Transaction
from events.instants import Instant
from events.schemas.portfolio_assessed import ROWS
from web.views import people
from web.views.outcomes.shown import (
    AssessmentShown,
    CheckpointShown,
    LearnerInCohort,
    LearnerOutcomes,
    ReadAs,
)


class NotTheirLearner(Exception):
    """Who asks is neither the learner nor a mentor of theirs, or there is no such learner."""


def read_as(
    outcomes: OutcomesOfProgram, learner: str, asks: str | None, *, coordinates: bool
) -> ReadAs:
    """As what somebody sees a learner. `asks`: their participant id.

    Raises:
        NotTheirLearner
    """
    if asks == learner:
        return "me"
    if asks is not None and asks in outcomes.mentors_of(learner):
        return "mentor"
    if coordinates and outcomes.mentors_of(learner):
        return "coordinator"
    raise NotTheirLearner


def read(
    tx: Transaction,
    program: str,
    outcomes: OutcomesOfProgram,
    learner: str,
    asks: str | None,
    as_of: Instant,
    *,
    coordinates: bool,
) -> LearnerOutcomes:
    """A learner's work as of the instant up to which the outcomes are. `tx`: of the directory; one
    statement.

    Raises:
        NotTheirLearner
    """
    viewer = read_as(outcomes, learner, asks, coordinates=coordinates)
    facts = _seen(outcomes, learner, asks if viewer == "mentor" else None)
    mentors = {name for each in _all(facts) for name in each.mentors}
    known = names.people(tx, program, {learner, *mentors})
    return LearnerOutcomes(
        learner=people.of(known[learner]),
        as_of=as_of,
        read_as=viewer,
        cohorts=[
            _cohort(outcomes, facts, cohort, learner, known) for cohort in _latest_first(facts)
        ],
    )


def _seen(outcomes: OutcomesOfProgram, learner: str, mentor: str | None) -> OutcomeFacts:
    """The facts about a learner; for a mentor those of the loops that they share."""
    loops = {
        each.loop
        for each in outcomes.guided
        if each.learner == learner and mentor in (None, each.mentor)
    }
    return outcomes.facts.of_learners({learner}, loops)


def _all(facts: OutcomeFacts) -> Iterable[Assessed | Checkpoint]:
    return [*facts.assessments, *facts.checkpoints]


def _latest_first(facts: OutcomeFacts) -> list[str]:
    last: dict[str, str] = defaultdict(str)
    for each in _all(facts):
        last[each.cohort] = max(last[each.cohort], each.at)
    return sorted(last, key=lambda cohort: (last[cohort], cohort), reverse=True)


def _cohort(
    outcomes: OutcomesOfProgram,
    facts: OutcomeFacts,
    cohort: str,
    learner: str,
    known: dict[str, names.DirectoryPerson],
) -> LearnerInCohort:
    assessments = [each for each in facts.assessments if each.cohort == cohort]
    checkpoints = [each for each in facts.checkpoints if each.cohort == cohort]
    pairs, starts = gains.pairs(assessments), gains.baselines(assessments)
    due = [each for each in checkpoints if each.cause != "excused"]
    worked: list[Assessed | Checkpoint] = [*assessments, *checkpoints]
    mentors = {name for each in worked for name in each.mentors}
    loops = {each.loop for each in worked}
    return LearnerInCohort(
        cohort=cohort,
        track=assessments[-1].track if assessments else None,
        mentors=people.listed(known, mentors),
        open=any(outcomes.loops.is_open(loop, learner) for loop in loops),
        gain=pairs[0].gain if pairs else None,
        kept=sum(each.result == "on_time" for each in due),
        due=len(due),
        assessments=[_assessment(each, starts[0] if starts else None) for each in assessments],
        checkpoints=[_checkpoint(each) for each in checkpoints],
    )


def _assessment(each: Assessed, start: Assessed | None) -> AssessmentShown:
    change = None
    if start is not None and each.counts and start.order < each.order:
        change = {
            row: after - before
            for row, after, before in zip(ROWS, each.rows, start.rows, strict=True)
        }
    return AssessmentShown(
        id=each.id,
        phase=each.phase,
        at=each.at,
        assessed_by=each.assessed_by,
        counts=each.counts,
        rows=dict(zip(ROWS, each.rows, strict=True)),
        total=each.total,
        change=change,
    )


def _checkpoint(each: Checkpoint) -> CheckpointShown:
    return CheckpointShown(
        id=each.id,
        milestone=each.milestone,
        due_on=each.due_on,
        result=each.result,
        cause=each.cause,
    )
