"""Outcomes as answers: of a learner, of a mentor's learners, and of a program."""

from typing import Literal

from web.views.model import InstantText, View
from web.views.people import Person

ReadAs = Literal["me", "mentor", "coordinator"]


class UsualShown(View):
    """Median and quartiles over `n` learners, five at least."""

    n: int
    low: float
    median: float
    high: float


class AssessmentShown(View):
    """An assessment. `counts`: it is by somebody independent, under the rubric of portfolios;
    `rows`: 0 to 4 each; `change`: each row less that of the first baseline of the cohort that
    counts, null for that baseline, for what does not count, and where there is none."""

    id: str
    phase: str
    at: InstantText
    assessed_by: str
    counts: bool
    rows: dict[str, int]
    total: int
    change: dict[str, int] | None


class CheckpointShown(View):
    """A checkpoint. `due_on`: a local day."""

    id: str
    milestone: str | None
    due_on: str
    result: str
    cause: str


class LearnerInCohort(View):
    """A learner in a cohort. `open`: their loop goes on; `gain`: from the first baseline to the
    last assessment after it, null without both; `kept` of `due` checkpoints were in time, excused
    ones left out."""

    cohort: str
    track: str | None
    mentors: list[Person]
    open: bool
    gain: int | None
    kept: int
    due: int
    assessments: list[AssessmentShown]
    checkpoints: list[CheckpointShown]


class LearnerOutcomes(View):
    """A learner's work, cohort by cohort, the latest first. A mentor sees the cohorts and loops in
    which they are the learner's mentor. `read_as`: as what who asks sees it."""

    learner: Person
    as_of: InstantText
    read_as: ReadAs
    cohorts: list[LearnerInCohort]


class WarningShown(View):
    """An early warning. `n`: days, times or rows, by kind; `names`: rows, or what is due. `about`:
    what it stands on; an answer names it. `answer`: helped, wrong or excused."""

    learner: Person
    kind: Literal["silent", "late", "flat", "low", "due"]
    about: str
    n: int
    names: list[str]
    answer: Literal["helped", "wrong", "excused"] | None
    answered_at: InstantText | None


class LearnerOfMentor(View):
    """A learner of a mentor, in one line: their latest cohort together. `first`, `latest`: totals
    of the baseline and of the last assessment that count."""

    learner: Person
    cohort: str | None
    track: str | None
    open: bool
    first: int | None
    latest: int | None
    phase: str | None
    gain: int | None
    kept: int
    due: int
    last_met: InstantText | None


class RowOfCohort(View):
    """A row of finals: the mean over the mentor's learners, and what is usual in the cohort."""

    row: str
    mean: float
    usual: UsualShown | None


class CohortOfMentor(View):
    """A cohort as a mentor's learners went through it. `gains`: theirs, the least first; `mean`:
    null of none; `usual`: over everybody of the cohort; null over fewer than five."""

    cohort: str
    gains: list[int]
    mean: float | None
    usual: UsualShown | None
    finals: int
    rows: list[RowOfCohort]


class LearnersShown(View):
    """A mentor's learners. `watched`: whether there are early warnings in this program;
    `warnings`: to the mentor alone, null to everybody else. `learners`: those whose loop goes on
    first, then by name."""

    as_of: InstantText
    watched: bool
    learners: list[LearnerOfMentor]
    warnings: list[WarningShown] | None
    cohorts: list[CohortOfMentor]


class VoiceOfLearner(View):
    """A testimonial that a learner gave; what it says is not here. `consent_id`: of the consent in
    force; null without one."""

    testimonial_id: str
    at: InstantText
    mentor: Person
    cohort: str | None
    consent_id: str | None
    since: InstantText | None


class ConsentShown(View):
    """A consent to showing an exemplar, given or asked for. `title`, `address`: what is shown."""

    consent_id: str
    mentor: Person
    title: str
    address: str
    state: Literal["asked", "given", "withdrawn", "refused"]
    asked_at: InstantText
    given_at: InstantText | None
    withdrawn_at: InstantText | None


class PortfolioShown(View):
    """A learner's own work, and what they let be shown of it. `voices`, `consents`: null where
    nothing of a learner is ever shown, since there is no committee."""

    outcomes: LearnerOutcomes
    voices: list[VoiceOfLearner] | None
    consents: list[ConsentShown] | None
