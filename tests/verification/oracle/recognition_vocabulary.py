"""What random policies may speak of and recognition histories tell: fields, values, zones."""

from typing import Any

from tests.verification.oracle.reading import MEETING, SURVEY
from tests.verification.oracle.reading_recognition import (
    ASSESSMENT,
    CHECKPOINT,
    CONTRIBUTION,
    DECISION,
    DELIVERABLE,
    REVIEW,
    REWARD,
    STEWARDSHIP,
    TESTIMONIAL,
    TRAINING,
)

CHANGES = {
    "UTC": "2026-01-01",
    "Europe/Berlin": "2026-03-29",
    "America/Sao_Paulo": "2018-11-04",
    "Pacific/Apia": "2011-12-30",
}
"""A day on which the clocks of a zone do something."""

PEOPLE_HERE = ("imani", "lee", "\U0001f642", "noor", "loop-0")
CASES = ("first", "second", "third")

TEXTS = {
    ASSESSMENT: ("cohort_id", "learner_id", "phase", "rubric", "assessed_by", "track", "context"),
    CHECKPOINT: ("cohort_id", "learner_id", "result", "cause", "milestone", "loop_id"),
    DELIVERABLE: ("cohort_id", "learner_id", "kind", "loop_id"),
    REVIEW: ("panel_id", "rubric"),
    TESTIMONIAL: ("source", "author_id", "cohort_id"),
    CONTRIBUTION: ("kind",),
    STEWARDSHIP: ("kind", "about_id"),
    TRAINING: ("course_id", "kind"),
    DECISION: ("case", "outcome", "appeal_of"),
    REWARD: ("reward", "kind", "cycle"),
    SURVEY: ("survey", "respondent_role"),
    MEETING: ("loop_id", "kind"),
}
NUMBERS = {
    ASSESSMENT: ("total", "mastery", "raters"),
    REVIEW: ("score", "seat"),
    TESTIMONIAL: ("score",),
    CONTRIBUTION: ("reach",),
    TRAINING: ("credits",),
    SURVEY: ("rating",),
    MEETING: ("duration_minutes",),
}
LISTS = {
    ASSESSMENT: ("mentor_ids",),
    CHECKPOINT: ("mentor_ids",),
    DECISION: ("approver_ids", "recused_ids"),
    REWARD: ("approver_ids",),
    MEETING: ("attendee_ids", "mentor_ids"),
}
PEOPLE_FIELDS = {
    ASSESSMENT: ("mentor_ids", "learner_id"),
    CHECKPOINT: ("mentor_ids", "learner_id"),
    DELIVERABLE: ("participant_id", "learner_id"),
    REVIEW: ("participant_id",),
    TESTIMONIAL: ("participant_id",),
    CONTRIBUTION: ("participant_id",),
    STEWARDSHIP: ("participant_id", "about_id"),
    TRAINING: ("participant_id",),
    DECISION: ("participant_id", "approver_ids", "recused_ids"),
    REWARD: ("participant_id", "approver_ids"),
    SURVEY: ("about_ids", "respondent_id"),
    MEETING: ("mentor_ids", "attendee_ids"),
}
VALUES: dict[str, list[Any]] = {
    "cohort_id": ["c1", "c2"],
    "learner_id": ["lee", "noor", "loop-0"],
    "phase": ["baseline", "interim", "final"],
    "rubric": ["portfolio", "practice"],
    "assessed_by": ["independent", "mentor", "self"],
    "track": ["introductory", "advanced"],
    "context": ["student", "returner"],
    "result": ["on_time", "late", "missed"],
    "cause": ["none", "mentor", "learner", "excused"],
    "milestone": ["m1", "m2"],
    "loop_id": ["loop-0", "loop-1"],
    "panel_id": ["p1", "p2"],
    "source": ["learner", "industry"],
    "author_id": ["noor", "dana"],
    "about_id": ["lee", "noor"],
    "course_id": ["k1", "k2"],
    "case": list(CASES),
    "outcome": ["granted", "renewed", "declined"],
    "appeal_of": ["1", "2"],
    "reward": ["grant"],
    "cycle": ["2026", "2026-Q3"],
    "survey": ["mqs", "post_meeting"],
    "respondent_role": ["mentor", "mentee"],
    "total": [0, 8, 9, 12, 24],
    "mastery": [0, 2, 4],
    "raters": [1, 2],
    "score": [1, 2.5, 3, 3.3333, 4],
    "seat": [1, 2, 9],
    "reach": [0, 12.5, 0.0000005, 40],
    "credits": [0, 2.5, 4, 10],
    "rating": [1, 3, 5],
    "duration_minutes": [30, 45.5],
    "mentor_ids": ["imani", "lee"],
    "attendee_ids": ["imani", "lee"],
    "approver_ids": ["imani", "noor"],
    "recused_ids": ["noor"],
}
KINDS_OF = {
    DELIVERABLE: ("scoping_brief", "feedback_round", "exemplar"),
    CONTRIBUTION: ("webinar", "guide"),
    STEWARDSHIP: ("pairing", "panel", "calibration"),
    TRAINING: ("clinic", "pedagogy"),
    REWARD: ("stipend", "spotlight"),
    MEETING: ("kick-off", "review"),
}
"""`kind` of each type that has one."""


def values_of(event: str, field: str) -> list[Any]:
    """Some values that a field of a type may have."""
    return list(KINDS_OF[event]) if field == "kind" else VALUES[field]
