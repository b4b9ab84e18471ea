"""The facts that outcomes are computed from, as plain values in the order of facts.

Only what is independent of a learner's mentors counts as an outcome: assessments by somebody else,
under the rubric whose rows are those of an assessment. The others are kept to be shown.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.catalog.policy import Policy
from engine.fact import Fact
from events.instants import Instant
from events.schemas.checkpoint_closed import CheckpointClosed
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.milestone_completed import MilestoneCompleted
from events.schemas.portfolio_assessed import ROWS, PortfolioAssessed
from events.schemas.testimonial_given import TestimonialGiven

TYPES = (
    PortfolioAssessed.TYPE,
    CheckpointClosed.TYPE,
    MeetingCompleted.TYPE,
    MilestoneCompleted.TYPE,
    TestimonialGiven.TYPE,
)
"""The types of these facts."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment of a learner's portfolio. `rows`: 0 to 4 each, in the order of ROWS; `counts`:
    whether it is an outcome."""

    id: str
    at: Instant
    loop: str
    cohort: str
    learner: str
    mentors: frozenset[str]
    phase: str
    track: str
    assessed_by: str
    rubric: str
    rows: tuple[int, ...]
    total: int
    counts: bool

    @property
    def order(self) -> tuple[str, str, str]:
        """Its place among assessments."""
        return (self.at, self.id, self.loop)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint that was closed. `due_on`: a day, as 2026-05-31."""

    id: str
    at: Instant
    loop: str
    cohort: str
    learner: str
    mentors: frozenset[str]
    milestone: str | None
    due_on: str
    result: str
    cause: str

    @property
    def missed(self) -> bool:
        """Whether it was late or missed, and nobody excused it."""
        return self.result != "on_time" and self.cause != "excused"

    @property
    def order(self) -> tuple[str, str, str]:
        """Its place among checkpoints: by the day on which it was due, then by id."""
        return (self.due_on, self.id, self.loop)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that took place."""

    id: str
    at: Instant
    loop: str
    people: frozenset[str]
    mentors: frozenset[str]


@dataclass(frozen=True, slots=True)
class MilestoneDone:
    """A milestone of a loop that somebody completed."""

    at: Instant
    loop: str
    participant: str
    milestone: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A testimonial of somebody for a mentor; its words are not here."""

    id: str
    at: Instant
    mentor: str
    author: str
    source: str
    cohort: str | None


OutcomeFact = Assessed | Checkpoint | Meeting | MilestoneDone | Voice


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """All of them of a program, until an instant: each in its order."""

    assessments: tuple[Assessed, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    milestones: tuple[MilestoneDone, ...] = ()
    voices: tuple[Voice, ...] = ()

    @property
    def counting(self) -> Iterator[Assessed]:
        """The assessments that are outcomes."""
        return (each for each in self.assessments if each.counts)

    @property
    def each_type(self) -> tuple[Sequence[OutcomeFact], ...]:
        """All of them, type by type."""
        return (self.assessments, self.checkpoints, self.meetings, self.milestones, self.voices)

    def until(self, as_of: Instant) -> "OutcomeFacts":
        """Those of them with a time up to an instant, and at it."""
        return OutcomeFacts(
            tuple(each for each in self.assessments if each.at <= as_of),
            tuple(each for each in self.checkpoints if each.at <= as_of),
            tuple(each for each in self.meetings if each.at <= as_of),
            tuple(each for each in self.milestones if each.at <= as_of),
            tuple(each for each in self.voices if each.at <= as_of),
        )

    def of_learners(self, learners: Collection[str], loops: Collection[str]) -> "OutcomeFacts":
        """The assessments, checkpoints and meetings of these learners in these loops."""
        return OutcomeFacts(
            tuple(e for e in self.assessments if e.learner in learners and e.loop in loops),
            tuple(e for e in self.checkpoints if e.learner in learners and e.loop in loops),
            tuple(e for e in self.meetings if e.loop in loops),
        )


@dataclass(slots=True)
class _Gathered:
    assessments: list[Assessed] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    milestones: list[MilestoneDone] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)


def rubrics_of(policy: Policy) -> frozenset[str]:
    """The names of the policy's rubrics that have the rows of an assessment; none of a policy
    without such a rubric, under which every rubric counts."""
    return frozenset(
        rubric.name for rubric in policy.rubrics if {row for row, _ in rubric.rows} == set(ROWS)
    )


def gather(facts: Iterable[Fact], rubrics: frozenset[str]) -> OutcomeFacts:
    """What outcomes need of facts, of which none is retracted. Other types are left out."""
    gathered = _Gathered()
    for fact in facts:
        data: Any = fact.data
        match fact.type:
            case PortfolioAssessed.TYPE:
                gathered.assessments.append(_assessed(fact, data, rubrics))
            case CheckpointClosed.TYPE:
                gathered.checkpoints.append(_checkpoint(fact, data))
            case MeetingCompleted.TYPE:
                gathered.meetings.append(_meeting(fact, data))
            case MilestoneCompleted.TYPE if fact.place.loop is not None:
                gathered.milestones.append(
                    MilestoneDone(
                        fact.time, fact.place.loop, data["participant_id"], data["milestone"]
                    )
                )
            case TestimonialGiven.TYPE:
                gathered.voices.append(_voice(fact, data))
    return OutcomeFacts(
        tuple(sorted(gathered.assessments, key=lambda each: each.order)),
        tuple(sorted(gathered.checkpoints, key=lambda each: each.order)),
        tuple(sorted(gathered.meetings, key=lambda each: (each.at, each.id, each.loop))),
        tuple(sorted(gathered.milestones, key=lambda each: (each.at, each.loop, each.milestone))),
        tuple(sorted(gathered.voices, key=lambda each: (each.at, each.id, each.mentor))),
    )


def _assessed(fact: Fact, data: Any, rubrics: frozenset[str]) -> Assessed:
    independent = data["assessed_by"] == "independent"
    return Assessed(
        id=fact.id, at=fact.time, loop=fact.place.loop or "", cohort=data["cohort_id"],
        learner=data["learner_id"], mentors=frozenset(data["mentor_ids"]), phase=data["phase"],
        track=data["track"], assessed_by=data["assessed_by"], rubric=data["rubric"],
        rows=tuple(int(data[row]) for row in ROWS), total=int(data["total"]),
        counts=independent and (not rubrics or data["rubric"] in rubrics),
    )  # fmt: skip


def _checkpoint(fact: Fact, data: Any) -> Checkpoint:
    return Checkpoint(
        id=fact.id, at=fact.time, loop=fact.place.loop or "", cohort=data["cohort_id"],
        learner=data["learner_id"], mentors=frozenset(data["mentor_ids"]),
        milestone=data.get("milestone"), due_on=data["due_on"], result=data["result"],
        cause=data["cause"],
    )  # fmt: skip


def _meeting(fact: Fact, data: Any) -> Meeting:
    people = frozenset(data["attendee_ids"])
    mentors = frozenset(data.get("mentor_ids", ()))
    return Meeting(fact.id, fact.time, fact.place.loop or "", people, mentors)


def _voice(fact: Fact, data: Any) -> Voice:
    return Voice(
        fact.id, fact.time, data["participant_id"], data["author_id"], data["source"],
        data.get("cohort_id"),
    )  # fmt: skip
