"""A good event of every input type, to corrupt one field at a time."""

import json
from typing import Any

TIME = "2026-03-04T10:00:00Z"

MEETING = "mentoring.meeting.completed.v1"
SURVEY = "mentoring.survey.submitted.v1"
QUIZ = "mentoring.quiz.passed.v1"
KUDOS = "mentoring.kudos.given.v1"
MILESTONE = "mentoring.milestone.completed.v1"
ASSESSED = "mentoring.portfolio.assessed.v1"
CHECKPOINT = "mentoring.checkpoint.closed.v1"
DELIVERABLE = "mentoring.deliverable.accepted.v1"
REVIEW = "mentoring.review.submitted.v1"
TESTIMONIAL = "mentoring.testimonial.given.v1"
CONTRIBUTION = "mentoring.contribution.made.v1"
STEWARDSHIP = "mentoring.stewardship.recorded.v1"
TRAINING = "mentoring.training.completed.v1"
DECISION = "mentoring.decision.recorded.v1"
REWARD = "mentoring.reward.granted.v1"
RETRACTION = "mentoring.fact.retracted.v1"

_OF_PERSON = {"program_id": "acme", "participant_id": "p-1"}
_IN_LOOP = {"program_id": "acme", "loop_id": "loop-1"}

DATA: dict[str, dict[str, Any]] = {
    MEETING: {
        **_IN_LOOP,
        "meeting_id": "m-1",
        "attendee_ids": ["p-1", "p-2"],
        "mentor_ids": ["p-2"],
        "duration_minutes": 45.0,
        "kind": "kick-off",
    },
    SURVEY: {
        **_IN_LOOP,
        "survey_id": "s-1",
        "survey": "post_meeting",
        "respondent_id": "p-1",
        "about_ids": ["p-2", "p-3"],
        "rating": 5.0,
        "meeting_id": "m-1",
        "respondent_role": "mentee",
    },
    QUIZ: {
        **_IN_LOOP,
        "participant_id": "p-1",
        "quiz_id": "participant-course",
        "attempt_id": "a-1",
        "score": 0.75,
    },
    KUDOS: {
        **_IN_LOOP,
        "kudos_id": "k-1",
        "giver_id": "p-1",
        "recipient_id": "p-2",
        "kind": "trust",
        "message": "Thank you",
    },
    MILESTONE: {
        **_IN_LOOP,
        "participant_id": "p-1",
        "milestone": "matched",
        "completion_id": "c-1",
    },
    ASSESSED: {
        **_IN_LOOP,
        "assessment_id": "as-1",
        "cohort_id": "spring-26",
        "learner_id": "p-3",
        "mentor_ids": ["p-2", "p-1"],
        "phase": "final",
        "rubric": "portfolio",
        "rubric_version": 1.0,
        "assessed_by": "independent",
        "raters": 2.0,
        "track": "advanced",
        "context": "data",
        "project_id": "pr-1",
        "breadth": 3.0,
        "coherence": 4,
        "iteration": 2,
        "mastery": 0,
        "timeliness": 1,
        "articulation": 3,
        "total": 13.0,
    },
    CHECKPOINT: {
        **_IN_LOOP,
        "checkpoint_id": "cp-1",
        "cohort_id": "spring-26",
        "learner_id": "p-3",
        "mentor_ids": ["p-2", "p-1"],
        "milestone": "first-draft",
        "due_on": "2026-03-01",
        "result": "late",
        "cause": "learner",
    },
    DELIVERABLE: {
        **_IN_LOOP,
        "deliverable_id": "de-1",
        "participant_id": "p-1",
        "learner_id": "p-3",
        "cohort_id": "spring-26",
        "kind": "feedback_round",
        "project_id": "pr-1",
        "accepted_by": "learner",
    },
    REVIEW: {
        **_OF_PERSON,
        "review_id": "r-1",
        "panel_id": "pa-1",
        "seat": 2.0,
        "rubric": "practical",
        "rubric_version": 1.0,
        "ratings": {"scoping": 3.0, "feedback": 2, "narrative": 2},
        "score": 2.3333,
    },
    TESTIMONIAL: {
        **_IN_LOOP,
        "testimonial_id": "t-1",
        "participant_id": "p-1",
        "author_id": "p-9",
        "source": "learner",
        "cohort_id": "spring-26",
        "score": 5.0,
        "narrative": "She asked what I wanted to be able to do",
    },
    CONTRIBUTION: {
        **_OF_PERSON,
        "contribution_id": "co-1",
        "kind": "webinar",
        "reach": 40.0,
    },
    STEWARDSHIP: {
        **_OF_PERSON,
        "record_id": "st-1",
        "kind": "pairing",
        "about_id": "p-2",
    },
    TRAINING: {
        **_OF_PERSON,
        "completion_id": "tr-1",
        "course_id": "co-7",
        "kind": "rubric",
        "credits": 2.5,
    },
    DECISION: {
        **_OF_PERSON,
        "decision_id": "d-1",
        "case": "proficient-mentor",
        "outcome": "granted",
        "as_of": "2026-03-04T12:00:00+02:00",
        "approver_ids": ["p-8", "p-7"],
        "recused_ids": ["p-9"],
        "appeal_of": "d-0",
        "pack": "9f" * 32,
        "policy": "41" * 32,
    },
    REWARD: {
        **_OF_PERSON,
        "reward_id": "re-1",
        "reward": "annual-event",
        "kind": "event",
        "cycle": "2026",
        "approver_ids": ["p-7"],
    },
    RETRACTION: {
        **_IN_LOOP,
        "participant_id": "p-1",
        "fact_type": QUIZ,
        "fact_id": "a-1",
        "reason": "entered twice",
    },
}


def data(type: str, **changes: Any) -> dict[str, Any]:
    """Good data of the type, with some fields changed; `...` takes a field out."""
    changed = DATA[type] | changes
    return {name: value for name, value in changed.items() if value is not ...}


def cloudevent(**changes: Any) -> bytes:
    """A good structured CloudEvent, with attributes changed; `...` takes one out."""
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": "e-1",
        "source": "/platform",
        "type": MEETING,
        "time": TIME,
        "data": DATA[MEETING],
    }
    event |= changes
    return json.dumps({k: v for k, v in event.items() if v is not ...}).encode()
