"""What reviewers of a panel read: months of somebody's mentoring, in which nobody is named. Pure.

The same facts give the same dossier, whatever their order. It has months and no days, and numbers
in place of learners: who reads it is not to know whose work it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.fact import Fact
from engine.rules.calendar import Calendar
from events.instants import Instant
from events.schemas.checkpoint_closed import CheckpointClosed
from events.schemas.deliverable_accepted import DeliverableAccepted
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.portfolio_assessed import ROWS, PortfolioAssessed

MONTHS = 6
"""How long before it was drawn a panel looks at."""

KINDS = (
    "scoping_brief", "feedback_round", "narrative_edit", "exemplar", "project_notes", "reflection",
)  # fmt: skip
"""What of a mentor's work is counted, in this order."""
_PHASES = ("baseline", "interim", "final")


@dataclass(frozen=True, slots=True)
class DossierCheckpoint:
    """A checkpoint. `month`: in which it was due, such as "2026-03"."""

    month: str
    result: str
    cause: str


@dataclass(frozen=True, slots=True)
class DossierAssessment:
    """What independent assessors gave a portfolio. `rows`: each with a rating from 0 to 4."""

    month: str
    phase: str
    rows: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class DossierLearner:
    """A learner, as number `number`. `work`: how many pieces of each kind were accepted;
    `assessments`: of the cohorts of these months, their baselines too if those are older."""

    number: int
    meetings: int
    checkpoints: tuple[DossierCheckpoint, ...]
    work: Mapping[str, int]
    assessments: tuple[DossierAssessment, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Months of mentoring. `months`: all of them, from the first, each with its meetings; a meeting
    with several learners is one. `learners`: in the order in which they first appear."""

    months: tuple[tuple[str, int], ...]
    work: Mapping[str, int]
    learners: tuple[DossierLearner, ...]

    @property
    def meetings(self) -> int:
        """How many there were."""
        return sum(number for _, number in self.months)


@dataclass(slots=True)
class _DossierLearner:
    first: tuple[str, str, str, str]
    meetings: int = 0
    checkpoints: list[tuple[str, str, DossierCheckpoint]] = field(default_factory=list)
    work: Counter[str] = field(default_factory=Counter)
    cohorts: set[str] = field(default_factory=set)
    assessments: list[DossierAssessment] = field(default_factory=list)


def dossier(facts: Iterable[Fact], mentor: str, calendar: Calendar, until: Instant) -> Dossier:
    """The dossier of somebody over the months until an instant, that one included. `facts`:
    accepted and not retracted, in any order, those that name them among them."""
    since = calendar.months_before(until, MONTHS)
    theirs = sorted(
        (fact for fact in facts if fact.time <= until and _is_theirs(fact, mentor)),
        key=lambda fact: fact.order,
    )
    learners: dict[str, _DossierLearner] = {}
    by_month: Counter[str] = Counter()
    for fact in theirs:
        if fact.time < since:
            continue
        if fact.type == MeetingCompleted.TYPE:
            by_month[_month(calendar, fact.time)] += 1
        for name in _learners_in(fact):
            learner = learners.setdefault(name, _DossierLearner(fact.order))
            _count(learner, fact)
    for fact in theirs:
        if fact.type == PortfolioAssessed.TYPE:
            _assess(learners, fact, calendar, since)
    return Dossier(
        tuple((month, by_month[month]) for month in _months(calendar, since, until)),
        _by_kind(sum((learner.work for learner in learners.values()), Counter())),
        tuple(_shown(number, one) for number, one in enumerate(learners.values(), start=1)),
    )


def _is_theirs(fact: Fact, mentor: str) -> bool:
    """Whether a fact is about what somebody did as a mentor, judged by somebody else."""
    data = fact.data
    match fact.type:
        case DeliverableAccepted.TYPE:
            return data["participant_id"] == mentor
        case PortfolioAssessed.TYPE:
            return mentor in _people(fact, "mentor_ids") and data["assessed_by"] == "independent"
        case MeetingCompleted.TYPE | CheckpointClosed.TYPE:
            return mentor in _people(fact, "mentor_ids")
    return False


def _learners_in(fact: Fact) -> Sequence[str]:
    if fact.type == MeetingCompleted.TYPE:
        mentors = _people(fact, "mentor_ids")
        return [name for name in _people(fact, "attendee_ids") if name not in mentors]
    return [str(fact.data["learner_id"])]


def _people(fact: Fact, name: str) -> Sequence[str]:
    listed = fact.data.get(name, ())
    return listed if isinstance(listed, list | tuple) else ()


def _count(learner: _DossierLearner, fact: Fact) -> None:
    data = fact.data
    if fact.type == MeetingCompleted.TYPE:
        learner.meetings += 1
        return
    learner.cohorts.add(str(data["cohort_id"]))
    if fact.type == DeliverableAccepted.TYPE:
        learner.work[str(data["kind"])] += 1
    elif fact.type == CheckpointClosed.TYPE:
        due = str(data["due_on"])
        checkpoint = DossierCheckpoint(due[:7], str(data["result"]), str(data["cause"]))
        learner.checkpoints.append((due, fact.id, checkpoint))


def _assess(
    learners: Mapping[str, _DossierLearner], fact: Fact, calendar: Calendar, since: Instant
) -> None:
    """Add what is of these months, and where the cohorts of these months began."""
    data = fact.data
    learner = learners.get(str(data["learner_id"]))
    if learner is None:
        return
    began_there = data["phase"] == "baseline" and data["cohort_id"] in learner.cohorts
    if fact.time < since and not began_there:
        return
    rows = tuple((row, _whole(data[row])) for row in ROWS)
    learner.assessments.append(
        DossierAssessment(
            _month(calendar, fact.time), str(data["phase"]), rows, _whole(data["total"])
        )
    )


def _shown(number: int, learner: _DossierLearner) -> DossierLearner:
    checkpoints = sorted(learner.checkpoints, key=lambda one: one[:2])
    return DossierLearner(
        number,
        learner.meetings,
        tuple(checkpoint for *_, checkpoint in checkpoints),
        _by_kind(learner.work),
        tuple(sorted(learner.assessments, key=lambda one: (one.month, _PHASES.index(one.phase)))),
    )


def _by_kind(counted: Mapping[str, int]) -> Mapping[str, int]:
    return {kind: counted[kind] for kind in KINDS if counted.get(kind)}


def _months(calendar: Calendar, since: Instant, until: Instant) -> Iterator[str]:
    month, last = calendar.period("month", since), calendar.period("month", until)
    while month <= last:
        yield f"{month:%Y-%m}"
        month = calendar.next("month", month)


def _month(calendar: Calendar, at: Instant) -> str:
    return f"{calendar.period('month', at):%Y-%m}"


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
