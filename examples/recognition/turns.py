"""What happens once: corrections, withdrawals, late facts, and the records that are refused."""

from datetime import date, timedelta

from examples.chronicle import KUDOS, MEETING
from examples.recognition import panels
from examples.recognition.annals import (
    ASSESSMENT,
    CHECKPOINT,
    CONTRIBUTION,
    DECISION,
    DELIVERABLE,
    REVIEW,
    REWARD,
    TESTIMONIAL,
    TRAINING,
    Annals,
    berlin,
    moment,
)
from examples.recognition.cast import GUIDANCE
from examples.recognition.portfolios import rows

_CLOSED = moment(panels.WINTER)
_DAY = timedelta(days=1)


def record(annals: Annals) -> None:
    """Everything below."""
    _lena_stands_in(annals)
    _wei_is_withdrawn(annals)
    _jonas_appeals(annals)
    _a_review_of_erik_is_corrected(annals)
    _a_review_of_noor_is_late(annals)
    _governance_retries(annals)
    _entered_by_mistake(annals)
    _on_request(annals)
    _refused(annals)


def _lena_stands_in(annals: Annals) -> None:
    """For a month in autumn she guides a learner of Erik's, whose mentor she is not."""
    for number, day in enumerate((date(2025, 10, 7), date(2025, 10, 21)), 1):
        annals.record(DELIVERABLE, berlin(day, 20), {
            "loop_id": "autumn-25-edda", "deliverable_id": f"autumn-25-edda-lena-{number}",
            "participant_id": "lena", "learner_id": "edda", "cohort_id": "autumn-25",
            "kind": "feedback_round", "accepted_by": "learner",
        })  # fmt: skip


def _wei_is_withdrawn(annals: Annals) -> None:
    at = moment("2025-07-15T11:00:00+02:00")
    annals.retract(DECISION, "d-wei-1", at, "Withdrawn by two members after a hearing")


def _jonas_appeals(annals: Annals) -> None:
    """The appeal is upheld: a biased review goes, another panel member reviews again."""
    biased = panels.review_id("jonas", "practice", _CLOSED, 3)
    annals.retract(REVIEW, biased, moment("2026-03-05T10:00:00+01:00"), "Upheld on appeal")
    panels.review(annals, "jonas", "practice", moment("2026-03-12T18:00:00+01:00"), 1, 17)


def _a_review_of_erik_is_corrected(annals: Annals) -> None:
    """For two weeks there are two reviews of three, and the grounds of the decision are short."""
    mistaken = panels.review_id("erik", "practice", _CLOSED, 3)
    at = moment("2026-03-20T09:00:00+01:00")
    annals.retract(REVIEW, mistaken, at, "The reviewer had a conflict of interest")
    arrives = moment("2026-04-02T12:00:00+02:00")
    panels.review(annals, "erik", "practice", _CLOSED, 4, 18, arrives)


def _a_review_of_noor_is_late(annals: Annals) -> None:
    """With it the grounds of the decision no longer hold; the award stands until people decide."""
    arrives = moment("2026-05-07T09:00:00+02:00")
    panels.review(annals, "noor", "practice", _CLOSED, 4, 9, arrives)


def _governance_retries(annals: Annals) -> None:
    """The same decisions with their instants in UTC: the same facts."""
    for decision in annals.entries(DECISION):
        if decision.id in ("d-imani-1", "d-imani-2"):
            annals.again(decision, decision.time + timedelta(minutes=2))


def _entered_by_mistake(annals: Annals) -> None:
    ghost = next(e for e in annals.entries(MEETING) if e.data["loop_id"] == "spring-25-xenia")
    annals.retract(MEETING, ghost.id, ghost.time + 3 * _DAY, "Completed by the calendar")
    closed = next(e for e in annals.entries(CHECKPOINT) if e.id == "spring-25-rosa-narrative")
    wrong = {**closed.data, "checkpoint_id": f"{closed.id}-first", "result": "late"}
    annals.record(CHECKPOINT, closed.time - _DAY / 24, {**wrong, "cause": "learner"})
    annals.retract(CHECKPOINT, f"{closed.id}-first", closed.time + _DAY, "The day was misread")
    loop = next(loop for loop in GUIDANCE if loop.id == "spring-25-ulla")
    rated = next(e for e in annals.entries(ASSESSMENT) if e.id == "spring-25-ulla-interim")
    by_her_mentor = {"assessment_id": f"{loop.id}-by-her-mentor", **rows(20, 0), "total": 20}
    annals.record(ASSESSMENT, rated.time - _DAY, {**rated.data, **by_her_mentor})
    annals.retract(
        ASSESSMENT, f"{loop.id}-by-her-mentor", rated.time + _DAY, "Rated by her own mentor"
    )
    twice = next(e for e in annals.entries(DELIVERABLE) if e.id == "autumn-24-jia-amara-4")
    annals.record(DELIVERABLE, twice.time, {**twice.data, "deliverable_id": f"{twice.id}-copy"})
    annals.retract(DELIVERABLE, f"{twice.id}-copy", twice.time + _DAY, "The same round twice")
    talk = {"participant_id": "jonas", "kind": "webinar"}
    day = berlin(date(2025, 5, 20), 17)
    annals.record(CONTRIBUTION, day, {"contribution_id": "jonas-cancelled-webinar", **talk})
    annals.retract(CONTRIBUTION, "jonas-cancelled-webinar", day + _DAY, "It was cancelled")
    course = {"completion_id": "kofi-clinic", "course_id": "clinic-2026-04", "kind": "clinic"}
    day = berlin(date(2026, 4, 15), 16, 30)
    annals.record(TRAINING, day, {**course, "participant_id": "kofi", "credits": 5})
    annals.retract(TRAINING, "kofi-clinic", day + 2 * _DAY, "He had left after the first hour")
    kudos = annals.entries(KUDOS)[10]
    annals.retract(KUDOS, kudos.id, kudos.time + _DAY / 24, "Meant for somebody else")


def _on_request(annals: Annals) -> None:
    """A learner takes a testimonial back, a mentor a spotlight."""
    at = moment("2026-03-09T14:00:00+01:00")
    annals.retract(TESTIMONIAL, "autumn-25-greta-voice", at, "At the request of its author")
    at = moment("2026-06-22T14:00:00+02:00")
    annals.retract(REWARD, "spotlight-2026-q2-tomas", at, "At his request")


def _refused(annals: Annals) -> None:
    mara = next(e for e in annals.entries(ASSESSMENT) if e.id == "spring-25-mara-final").data
    annals.refuse(ASSESSMENT, moment("2025-08-26T09:00:00+02:00"), {
        **mara, "assessment_id": "spring-25-mara-final-sum", "total": 24,
    })  # fmt: skip
    late = next(e for e in annals.entries(CHECKPOINT) if e.id == "autumn-24-bruno-critique").data
    annals.refuse(CHECKPOINT, moment("2024-12-20T09:00:00+01:00"), {
        **late, "checkpoint_id": "autumn-24-bruno-critique-again", "cause": "none",
    })  # fmt: skip
    granted = next(e for e in annals.entries(DECISION) if e.id == "d-imani-2")
    annals.refuse(DECISION, moment("2026-05-12T10:58:00+02:00"), {
        **granted.data, "decision_id": "d-imani-2-of-herself", "approver_ids": ["ada", "imani"],
    })  # fmt: skip
    annals.refuse(DECISION, moment("2026-05-12T10:59:00+02:00"), {
        **granted.data, "decision_id": "d-imani-2-ahead", "as_of": "2026-05-13T14:00:00+02:00",
    })  # fmt: skip
