"""Records that belong in the dead letters, of every reason but `conflict`.

Each is a good record with one thing corrupted. CASES pairs every reason with the ways to reach it.
"""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.verification.oracle.reading import (
    KUDOS,
    MEETING,
    MILESTONE,
    OUTPUTS,
    QUIZ,
    RETRACTED,
    SURVEY,
)

Json = dict[str, Any]

_PLACE = {"program_id": "program-0", "loop_id": "loop-0"}
_TOO_LONG = "x" * 129
GOOD: dict[str, Json] = {
    MEETING: {**_PLACE, "meeting_id": "b", "attendee_ids": ["person-0", "person-1"]},
    SURVEY: {
        **_PLACE,
        "survey_id": "b",
        "survey": "mqs",
        "respondent_id": "person-0",
        "about_ids": ["person-1"],
        "rating": 5,
    },
    QUIZ: {
        "program_id": "program-0",
        "participant_id": "person-0",
        "quiz_id": "participant-course",
        "attempt_id": "b",
    },
    KUDOS: {
        **_PLACE,
        "kudos_id": "b",
        "giver_id": "person-0",
        "recipient_id": "person-1",
        "kind": "trust",
        "message": "PRIVATE-bad",
    },
    MILESTONE: {
        **_PLACE,
        "participant_id": "person-0",
        "milestone": "matched",
        "completion_id": "b",
    },
    RETRACTED: {**_PLACE, "fact_type": MEETING, "fact_id": "b"},
}
"""Data of each type that nothing is wrong with."""

INVALID: list[tuple[str, Json]] = [
    *[(kind, {"program_id": wrong}) for kind in GOOD for wrong in (None, "", 7, _TOO_LONG)],
    (MEETING, {"attendee_ids": []}),
    (MEETING, {"attendee_ids": ["a", "a"]}),
    (MEETING, {"attendee_ids": "a"}),
    (MEETING, {"attendee_ids": {"a": 1}}),
    (MEETING, {"attendee_ids": [f"p{n}" for n in range(201)]}),
    (MEETING, {"mentor_ids": ["somebody-else"]}),
    (MEETING, {"mentor_ids": ["person-0", "person-0"]}),
    (MEETING, {"duration_minutes": -1}),
    (MEETING, {"duration_minutes": "30"}),
    (MEETING, {"loop_id": None}),
    (MEETING, {"meeting_id": "tab\there"}),
    (MEETING, {"meeting_id": "c1\u0085here"}),
    *[(SURVEY, {"rating": wrong}) for wrong in (0, 6, 4.5, "5", True, None)],
    (SURVEY, {"rating": 5.0000000001}),
    (SURVEY, {"survey": "pulse"}),
    (SURVEY, {"survey": "post_meeting"}),
    (SURVEY, {"about_ids": ["person-0", "person-1"]}),
    (SURVEY, {"about_ids": []}),
    (QUIZ, {"score": 1.01}),
    (QUIZ, {"score": True}),
    (QUIZ, {"participant_id": None, "loop_id": "loop-0"}),
    (QUIZ, {"loop_id": ""}),
    (KUDOS, {"recipient_id": "person-0"}),
    (KUDOS, {"kind": "kindness"}),
    (KUDOS, {"kind": "momentum"}),
    (KUDOS, {"message": ""}),
    (KUDOS, {"message": "PRIVATE-" + "x" * 1993}),
    (KUDOS, {"message": "PRIVATE-\x00"}),
    (MILESTONE, {"milestone": None}),
    (RETRACTED, {"fact_type": RETRACTED}),
    (RETRACTED, {"fact_type": OUTPUTS[0]}),
    (RETRACTED, {"loop_id": None}),
    (RETRACTED, {"loop_id": None, "participant_id": "person-0"}),
    (RETRACTED, {"reason": "x" * 2001}),
]
"""A type, and what makes its good data invalid."""

NOT_AN_EVENT: list[Json] = [
    {"specversion": "0.3"},
    {"specversion": None},
    {"id": None},
    {"id": 7},
    {"id": ""},
    {"id": _TOO_LONG},
    {"id": "new\nline"},
    {"source": ""},
    {"source": None},
    {"type": None},
    {"type": "tab\t"},
    {"time": None},
    {"time": 1767225600},
    {"time": "2026-01-01T00:00:00"},
    {"time": "2026-01-01 00:00:00Z"},
    {"time": "2026-01-01T00:00:60Z"},
    {"time": "2026-02-30T00:00:00Z"},
    {"time": "0001-01-01T00:00:00+01:00"},
    {"time": "9999-12-31T23:59:59-01:00"},
    {"time": "2026-01-01T00:00:00+24:00"},
    {"data": None},
    {"data": []},
    {"data": "text"},
    {"data_base64": "AA=="},
]
"""What makes a good record no CloudEvent: attributes to replace (None: given as null)."""

NOT_JSON: list[bytes] = [
    b"nonsense",
    b"[]",
    b"null",
    b'{"specversion": "1.0"',
    b"\xef\xbb\xbf{}",
    b'{"id": "\xff"}',
    b'{"id": "\\ud800"}',
    b'{"a": NaN}',
    b"{} {}",
    b"[" * 201 + b"]" * 201,
]


def record(event_type: str, fields: Json | None = None, /, **attributes: Any) -> bytes:
    """A good record of a type, with some fields of its data and some attributes replaced."""
    event = {
        "specversion": "1.0",
        "id": "bad",
        "source": "/platform",
        "type": event_type,
        "time": "2026-05-01T10:00:00Z",
        "data": GOOD.get(event_type, {}) | (fields or {}),
    }
    return json.dumps(event | attributes).encode()


def any_of(random: Random) -> bytes:
    """A bad record; every reason comes up as often as the next."""
    return random.choice(list(CASES.values()))(random)


def _oversize(random: Random) -> bytes:
    return record(MEETING).ljust(65_537)


def _malformed(random: Random) -> bytes:
    if random.random() < 0.3:
        return random.choice(NOT_JSON)
    return record(random.choice(list(GOOD)), **random.choice(NOT_AN_EVENT))


def _forbidden(random: Random) -> bytes:
    return record(random.choice(OUTPUTS))


def _unknown_type(random: Random) -> bytes:
    known = random.choice(list(GOOD))
    return record(known, type=known.removesuffix("1") + "2")


def _invalid(random: Random) -> bytes:
    return record(*random.choice(INVALID))


def _future(random: Random) -> bytes:
    time = random.choice(["2026-06-02T00:00:00.000001Z", "2030-01-01T00:00:00Z"])
    return record(random.choice(list(GOOD)), time=time)


CASES: dict[str, Callable[[Random], bytes]] = {
    "oversize": _oversize,
    "malformed": _malformed,
    "forbidden": _forbidden,
    "unknown_type": _unknown_type,
    "invalid": _invalid,
    "future": _future,
}
