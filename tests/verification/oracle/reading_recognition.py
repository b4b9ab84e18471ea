"""The oracle's own reading of the ten types that a recognition program adds.

As in `reading`, straight from the table of the contract: what each must hold, what its key is, and
what two tellings must share. Numbers arrive as floats.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.verification.oracle.wire_values import (
    OracleRefusal,
    are_names,
    instant,
    is_day,
    is_digest,
    is_name,
    is_number,
    is_prose,
    is_sealed,
    is_whole,
    named,
)

ASSESSMENT = "mentoring.portfolio.assessed.v1"
CHECKPOINT = "mentoring.checkpoint.closed.v1"
DELIVERABLE = "mentoring.deliverable.accepted.v1"
REVIEW = "mentoring.review.submitted.v1"
TESTIMONIAL = "mentoring.testimonial.given.v1"
CONTRIBUTION = "mentoring.contribution.made.v1"
STEWARDSHIP = "mentoring.stewardship.recorded.v1"
TRAINING = "mentoring.training.completed.v1"
DECISION = "mentoring.decision.recorded.v1"
REWARD = "mentoring.reward.granted.v1"

KEYS = {
    ASSESSMENT: "assessment_id",
    CHECKPOINT: "checkpoint_id",
    DELIVERABLE: "deliverable_id",
    REVIEW: "review_id",
    TESTIMONIAL: "testimonial_id",
    CONTRIBUTION: "contribution_id",
    STEWARDSHIP: "record_id",
    TRAINING: "completion_id",
    DECISION: "decision_id",
    REWARD: "reward_id",
}
OF_A_PERSON = (REVIEW, CONTRIBUTION, STEWARDSHIP, TRAINING, DECISION, REWARD)
"""Types without a loop: their place is the participant."""

ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")

Data = Mapping[str, Any]


def _assessment(data: Data) -> bool:
    return (
        named(data, "loop_id", "assessment_id", "cohort_id", "rubric")
        and _has_mentors_of_a_learner(data)
        and _one_of(data, "phase", "baseline", "interim", "final")
        and _one_of(data, "assessed_by", "independent", "mentor", "self")
        and _one_of(data, "track", "introductory", "advanced")
        and is_whole(data.get("rubric_version"), 1)
        and is_whole(data.get("raters"), 1, 5)
        and _may_be_names(data, "context", "project_id")
        and all(is_whole(data.get(row), 0, 4) for row in ROWS)
        and is_whole(data.get("total"), 0, 24)
        and data["total"] == sum(data[row] for row in ROWS)
    )


def _checkpoint(data: Data) -> bool:
    return (
        named(data, "loop_id", "checkpoint_id", "cohort_id")
        and _has_mentors_of_a_learner(data)
        and _may_be_names(data, "milestone")
        and is_day(data.get("due_on"))
        and _one_of(data, "result", "on_time", "late", "missed")
        and _one_of(data, "cause", "none", "mentor", "learner", "excused")
        and (data["cause"] == "none") == (data["result"] == "on_time")
    )


def _deliverable(data: Data) -> bool:
    kinds = ("scoping_brief", "feedback_round", "narrative_edit")
    return (
        named(data, "loop_id", "deliverable_id", "participant_id", "learner_id", "cohort_id")
        and data["learner_id"] != data["participant_id"]
        and _one_of(data, "kind", *kinds, "exemplar", "project_notes", "reflection")
        and _may_be_names(data, "project_id")
        and _one_of(data, "accepted_by", "learner", "coordinator")
    )


def _review(data: Data) -> bool:
    return (
        named(data, "participant_id", "review_id", "panel_id", "rubric")
        and is_whole(data.get("seat"), 1, 9)
        and is_whole(data.get("rubric_version"), 1)
        and is_number(data.get("score"), 0, 4)
        and _are_ratings(data.get("ratings"), data["score"])
    )


def _are_ratings(ratings: Any, score: float) -> bool:
    """Whether ratings are rows from 0 to 4, and the score their mean, to within 50 millionths."""
    if not isinstance(ratings, dict) or not 1 <= len(ratings) <= 12:
        return False
    if not all(is_name(row) and is_whole(rating, 0, 4) for row, rating in ratings.items()):
        return False
    scored = round(Fraction(score) * 10**6)
    rows = len(ratings)
    return abs(scored * rows - 10**6 * int(sum(ratings.values()))) <= 50 * rows


def _testimonial(data: Data) -> bool:
    return (
        named(data, "participant_id", "testimonial_id", "author_id")
        and data["author_id"] != data["participant_id"]
        and _one_of(data, "source", "learner", "industry")
        and _may_be_names(data, "loop_id", "cohort_id")
        and is_whole(data.get("score", 1.0), 1, 5)
        and is_prose(data.get("narrative", "absent"), 8000)
        and ("sealed_narrative" not in data or "narrative" not in data)
        and ("sealed_narrative" not in data or is_sealed(data["sealed_narrative"], 48_000))
    )


def _contribution(data: Data) -> bool:
    return (
        named(data, "participant_id", "contribution_id")
        and _one_of(data, "kind", "webinar", "guide", "peer_coaching", "case_study", "curriculum")
        and is_number(data.get("reach", 0.0), 0)
    )


def _stewardship(data: Data) -> bool:
    return (
        named(data, "participant_id", "record_id")
        and _one_of(data, "kind", "pairing", "panel", "calibration", "bench", "policy")
        and _may_be_names(data, "about_id")
        and data.get("about_id") != data["participant_id"]
    )


def _training(data: Data) -> bool:
    return (
        named(data, "participant_id", "completion_id", "course_id")
        and _one_of(data, "kind", "clinic", "pedagogy", "rubric", "ethics", "foundations")
        and is_number(data.get("credits"), 0, 1000)
    )


def _decision(data: Data) -> bool:
    approvers, recused = data.get("approver_ids"), data.get("recused_ids", [])
    if not are_names(approvers, 1, 9) or not are_names(recused, 0, 50):
        return False
    return (
        named(data, "participant_id", "decision_id", "case")
        and _one_of(data, "outcome", "granted", "renewed", "declined")
        and _may_be_names(data, "appeal_of")
        and is_digest(data.get("pack"))
        and is_digest(data.get("policy"))
        and _are_apart([data["participant_id"]], data["approver_ids"], recused)
    )


def _reward(data: Data) -> bool:
    kinds = ("stipend", "bonus", "grant", "conference", "project", "spotlight", "event", "credit")
    return (
        named(data, "participant_id", "reward_id", "reward", "cycle")
        and _one_of(data, "kind", *kinds)
        and are_names(data.get("approver_ids"), 1, 9)
        and _are_apart([data["participant_id"]], data["approver_ids"])
    )


def is_in_time(event_type: str, data: Data, time: datetime) -> bool:
    """Whether a decision is about facts that were known: not as of later than it was taken."""
    if event_type != DECISION:
        return True
    try:
        return isinstance(data.get("as_of"), str) and instant(data["as_of"]) <= time
    except OracleRefusal:
        return False


def _has_mentors_of_a_learner(data: Data) -> bool:
    return (
        named(data, "learner_id")
        and are_names(data.get("mentor_ids"), 1, 20)
        and data["learner_id"] not in data["mentor_ids"]
    )


def _one_of(data: Data, field: str, *known: str) -> bool:
    return data.get(field) in list(known)


def _may_be_names(data: Data, *fields: str) -> bool:
    return all(is_name(data.get(field, "absent")) for field in fields)


def _are_apart(*people: Collection[str]) -> bool:
    return len(set().union(*people)) == sum(len(some) for some in people)


GOOD: dict[str, Callable[[dict[str, Any]], bool]] = {
    ASSESSMENT: _assessment,
    CHECKPOINT: _checkpoint,
    DELIVERABLE: _deliverable,
    REVIEW: _review,
    TESTIMONIAL: _testimonial,
    CONTRIBUTION: _contribution,
    STEWARDSHIP: _stewardship,
    TRAINING: _training,
    DECISION: _decision,
    REWARD: _reward,
}
"""Whether the data of a type is good; `program_id` and `is_in_time` aside."""

CONTENT = {
    ASSESSMENT: (
        *("cohort_id", "learner_id", "mentor_ids", "phase", "rubric", "rubric_version", "total"),
        *("assessed_by", "raters", "track", "context", "project_id", *ROWS),
    ),
    CHECKPOINT: (
        *("cohort_id", "learner_id", "mentor_ids", "milestone", "due_on", "result", "cause"),
    ),
    DELIVERABLE: (
        *("participant_id", "learner_id", "cohort_id", "kind", "project_id", "accepted_by"),
    ),
    REVIEW: ("panel_id", "seat", "rubric", "rubric_version", "ratings", "score"),
    TESTIMONIAL: ("participant_id", "author_id", "source", "cohort_id", "score"),
    CONTRIBUTION: ("kind", "reach"),
    STEWARDSHIP: ("kind", "about_id"),
    TRAINING: ("course_id", "kind", "credits"),
    DECISION: (
        *("case", "outcome", "as_of", "approver_ids", "recused_ids", "appeal_of", "pack"),
        "policy",
    ),
    REWARD: ("reward", "kind", "cycle", "approver_ids"),
}
"""What is told beside the key and the place; a testimonial's narrative is not among it."""
