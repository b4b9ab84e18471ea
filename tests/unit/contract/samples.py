"""A good event of every input type, to corrupt one field at a time."""

import json
from typing import Any

TIME = "2026-03-04T10:00:00Z"

MEETING = "mentoring.meeting.completed.v1"
SURVEY = "mentoring.survey.submitted.v1"
QUIZ = "mentoring.quiz.passed.v1"
KUDOS = "mentoring.kudos.given.v1"
MILESTONE = "mentoring.milestone.completed.v1"
RETRACTION = "mentoring.fact.retracted.v1"

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
