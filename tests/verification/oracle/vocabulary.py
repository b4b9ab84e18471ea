"""What catalogs may speak of and histories tell: the fields of events, some values, some zones."""

from typing import Any

from tests.verification.oracle.reading import KUDOS, MEETING, MILESTONE, QUIZ, SURVEY

KINDS = ("thanks", "courage")
"""The kudos that every one of these catalogs has, so that a history fits any of them."""

CHANGES = {
    "UTC": "2026-01-01",
    "America/New_York": "2026-03-08",
    "Europe/Berlin": "2026-03-29",
    "Asia/Kathmandu": "1986-01-01",
    "Pacific/Apia": "2011-12-30",
    "Australia/Lord_Howe": "2026-04-05",
    "America/Havana": "2026-03-08",
    "America/Sao_Paulo": "2018-11-04",
    "Africa/Cairo": "2026-04-24",
}
"""A day on which the clocks of a zone do something."""

TEXTS = {
    MEETING: ("loop_id", "kind", "meeting_id"),
    SURVEY: ("loop_id", "survey", "respondent_id", "meeting_id"),
    QUIZ: ("loop_id", "participant_id", "quiz_id"),
    KUDOS: ("loop_id", "giver_id", "recipient_id", "kind"),
    MILESTONE: ("loop_id", "participant_id", "milestone"),
}
NUMBERS = {MEETING: "duration_minutes", SURVEY: "rating", QUIZ: "score"}
LISTS = {MEETING: ("attendee_ids", "mentor_ids"), SURVEY: ("about_ids",)}
PEOPLE = {
    MEETING: ("attendee_ids", "mentor_ids"),
    SURVEY: ("respondent_id", "about_ids"),
    QUIZ: ("participant_id",),
    KUDOS: ("giver_id", "recipient_id"),
    MILESTONE: ("participant_id",),
}
VALUES: dict[str, list[Any]] = {
    "loop_id": ["loop-0", "loop-1"],
    "kind": ["kick-off", "review", "thanks"],
    "meeting_id": ["0", "1", "2"],
    "survey": ["mqs", "post_meeting"],
    "respondent_id": ["person-0", "loop-0"],
    "participant_id": ["person-0", "loop-0"],
    "giver_id": ["person-0", "loop-0"],
    "recipient_id": ["person-0", "loop-0"],
    "attendee_ids": ["person-0", "loop-0", "person-1"],
    "mentor_ids": ["person-0", "loop-0"],
    "about_ids": ["person-0", "loop-0", "person-1"],
    "quiz_id": ["participant-course", "another"],
    "milestone": ["matched", "first-meeting", "elsewhere"],
    "duration_minutes": [30, 45.5, 0],
    "rating": [5, 4, 3, 1, 5.0],
    "score": [0.8, 0.3, 1],
}
