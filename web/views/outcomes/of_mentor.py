"""A mentor's learners: where each is, what to look at, and how cohorts went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from directory import names
from directory.names import DirectoryPerson
from engine.queries.outcomes import gains
from engine.queries.outcomes.reading import OutcomesOfProgram
from engine.queries.outcomes.recorded import Assessed
from engine.queries.outcomes.spread import Quartiles, shown
from engine.queries.outcomes.warnings import EarlyWarning
from engine.store.postgres.connection import Transaction
from events.instants import Instant, from_datetime
from events.schemas.portfolio_assessed import ROWS
from governance.store.warnings import AnsweredWarning, key_of
from web.views import people
from web.views.outcomes.shown import (
    CohortOfMentor,
    LearnerOfMentor,
    LearnersShown,
    RowOfCohort,
    UsualShown,
    WarningShown,
)


def warnings_of(outcomes: OutcomesOfProgram, mentor: str, now: Instant) -> list[EarlyWarning]:
    """The warnings to a mentor that stand."""
    return outcomes.warnings(outcomes.guided_by(mentor), now)


def read(
    tx: Transaction,
    program: str,
    outcomes: OutcomesOfProgram,
    mentor: str,
    as_of: Instant,
    answered: Iterable[AnsweredWarning] | None,
) -> LearnersShown:
    """A mentor's learners as of the instant up to which the outcomes are. `answered`: what they
    answered to warnings; None for everybody else, who sees no warning. `tx`: of the directory; one
    statement."""
    shared = _Shared(outcomes, mentor)
    known = names.people(tx, program, shared.loops.keys())
    lines = [shared.line(known[name]) for name in shared.loops]
    return LearnersShown(
        as_of=as_of,
        watched=bool(outcomes.watch),
        learners=sorted(
            lines,
            key=lambda one: (
                not one.open, one.learner.display_name, one.learner.participant_id
            ),
        ),
        warnings=None
        if answered is None
        else _warnings(warnings_of(outcomes, mentor, as_of), answered, known),
        cohorts=_cohorts(outcomes, mentor),
    )  # fmt: skip


class _Shared:
    """What a mentor shares with their learners."""

    def __init__(self, outcomes: OutcomesOfProgram, mentor: str) -> None:
        guided = outcomes.guided_by(mentor)
        self._outcomes = outcomes
        self.loops: dict[str, set[str]] = defaultdict(set)
        for each in guided:
            self.loops[each.learner].add(each.loop)
        self.facts = outcomes.facts.of_learners(
            {each.learner for each in guided}, {each.loop for each in guided}
        )
        self._met = {each.loop: each.at for each in self.facts.meetings if mentor in each.mentors}

    def line(self, person: DirectoryPerson) -> LearnerOfMentor:
        """A learner's line: their latest cohort together."""
        learner = person.participant_id
        loops = self.loops[learner]
        facts = self.facts.of_learners({learner}, loops)
        worked = [(each.at, each.cohort) for each in facts.counting]
        worked += [(each.at, each.cohort) for each in facts.checkpoints]
        cohort = max(worked, default=("", None))[1]
        rated = _of(facts.counting, cohort)
        due = [e for e in facts.checkpoints if e.cohort == cohort and e.cause != "excused"]
        pairs, starts = gains.pairs(rated), gains.baselines(rated)
        return LearnerOfMentor(
            learner=people.of(person),
            cohort=cohort,
            track=rated[-1].track if rated else None,
            open=any(self._outcomes.loops.is_open(loop, learner) for loop in loops),
            first=starts[0].total if starts else None,
            latest=rated[-1].total if rated else None,
            phase=rated[-1].phase if rated else None,
            gain=pairs[0].gain if pairs else None,
            kept=sum(each.result == "on_time" for each in due),
            due=len(due),
            last_met=max((self._met[loop] for loop in loops if loop in self._met), default=None),
        )


def _warnings(
    standing: Iterable[EarlyWarning],
    answered: Iterable[AnsweredWarning],
    known: Mapping[str, DirectoryPerson],
) -> list[WarningShown]:
    answers = {each.key: each for each in answered}
    return sorted(
        (_warning(each, answers.get(key_of(each)), known) for each in standing),
        key=lambda one: (one.answer is not None, one.learner.display_name),
    )


def _warning(
    each: EarlyWarning, answered: AnsweredWarning | None, known: Mapping[str, DirectoryPerson]
) -> WarningShown:
    return WarningShown(
        learner=people.of(known[each.learner]),
        kind=each.kind,
        about=each.about,
        n=each.n,
        names=[*each.names],
        answer=None if answered is None else answered.answer,
        answered_at=None if answered is None else from_datetime(answered.answered_at),
    )


def _cohorts(outcomes: OutcomesOfProgram, mentor: str) -> list[CohortOfMentor]:
    """The cohorts in which the mentor has a pair or a final, the latest first."""
    facts = outcomes.facts
    own = gains.by_cohort(gains.pairs(facts.assessments, mentor))
    every = gains.by_cohort(gains.pairs(facts.assessments))
    finals, all_finals = gains.finals(facts.assessments, mentor), gains.finals(facts.assessments)
    began: dict[str, str] = {}
    for each in facts.assessments:
        began.setdefault(each.cohort, each.at)
    cohorts = {*own, *(each.cohort for each in finals)}
    return [
        CohortOfMentor(
            cohort=cohort,
            gains=sorted(own.get(cohort, ())),
            mean=_mean(own.get(cohort, ())),
            usual=usual_shown(shown(every.get(cohort, ()))),
            finals=sum(each.cohort == cohort for each in finals),
            rows=_rows(_of(finals, cohort), _of(all_finals, cohort)),
        )
        for cohort in sorted(cohorts, key=lambda name: (began[name], name), reverse=True)
    ]


def _of(assessments: Iterable[Assessed], cohort: str | None) -> list[Assessed]:
    return [each for each in assessments if each.cohort == cohort]


def _rows(own: list[Assessed], every: list[Assessed]) -> list[RowOfCohort]:
    if not own:
        return []
    return [
        RowOfCohort(
            row=row,
            mean=round(sum(each.rows[place] for each in own) / len(own), 6),
            usual=usual_shown(shown([each.rows[place] for each in every])),
        )
        for place, row in enumerate(ROWS)
    ]


def _mean(values: Iterable[int]) -> float | None:
    known = [*values]
    return round(sum(known) / len(known), 6) if known else None


def usual_shown(usual: Quartiles | None) -> UsualShown | None:
    """Quartiles as an answer has them."""
    if usual is None:
        return None
    low, median, high = (round(float(each), 6) for each in (usual.low, usual.median, usual.high))
    return UsualShown(n=usual.n, low=low, median=median, high=high)
