"""The oracle's own reading of one record: a fact, a retraction, or the reason of a refusal.

Written from the contract, line by line and as plainly as possible. It shares no code with what it
checks: a mistake made once is then not made twice.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, NoReturn

from tests.verification.oracle import reading_recognition as recognition
from tests.verification.oracle.wire_values import (
    OracleRefusal,
    are_names,
    instant,
    is_name,
    is_number,
    is_prose,
    is_sealed,
    is_text,
    is_whole,
    named,
)

MEETING = "mentoring.meeting.completed.v1"
SURVEY = "mentoring.survey.submitted.v1"
QUIZ = "mentoring.quiz.passed.v1"
KUDOS = "mentoring.kudos.given.v1"
MILESTONE = "mentoring.milestone.completed.v1"
RETRACTED = "mentoring.fact.retracted.v1"
OUTPUTS = (
    "mentoring.badge.awarded.v1",
    "mentoring.badge.revoked.v1",
    "mentoring.kudos.invited.v1",
)
KUDOS_BADGES = ("trust", "networking", "expertise", "commitment", "creativity")
KEYS = {
    MEETING: "meeting_id",
    SURVEY: "survey_id",
    QUIZ: "attempt_id",
    KUDOS: "kudos_id",
    MILESTONE: "completion_id",
    **recognition.KEYS,
}


class InputRecord(NamedTuple):
    """A fact, or (type RETRACTED) the retraction of the fact with this place, type and id.

    `key` is (program, kind of place, loop or participant, fact type, natural key); `content` is
    what two tellings must share to be the same.
    """

    type: str
    key: tuple[str, str, str, str, str]
    time: datetime
    data: Mapping[str, Any]
    content: Mapping[str, Any]


def read(raw: bytes, now: datetime, kinds: Collection[str] = KUDOS_BADGES) -> InputRecord:
    """Read one line of a history file; `kinds` of kudos may be given. Raises OracleRefusal."""
    if len(raw) > 65_536:
        raise OracleRefusal("oversize")
    return read_structured(raw, now, kinds)


def read_structured(
    raw: bytes, now: datetime, kinds: Collection[str] = KUDOS_BADGES
) -> InputRecord:
    """The same, whatever the size. Raises OracleRefusal."""
    event = _cloud_event(raw)
    time = instant(event["time"])
    event_type, data = event["type"], event["data"]
    if event_type in OUTPUTS:
        raise OracleRefusal("forbidden")
    if event_type not in KEYS and event_type != RETRACTED:
        raise OracleRefusal("unknown_type")
    fields = {name: value for name, value in data.items() if value is not None}
    record = _record(event_type, time, fields, kinds)
    if time > now + timedelta(hours=24):
        raise OracleRefusal("future")
    return record


def _cloud_event(raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8")
        event = json.loads(
            text,
            parse_int=float,
            parse_constant=_refuse_constant,
            object_pairs_hook=_refuse_surrogates,
        )
    except (ValueError, RecursionError):
        raise OracleRefusal("malformed") from None
    whole = (
        isinstance(event, dict)
        and event.get("specversion") == "1.0"
        and is_name(event.get("id"))
        and is_text(event.get("source"))
        and is_text(event.get("type"))
        and isinstance(event.get("time"), str)
        and isinstance(event.get("data"), dict)
        and event.get("data_base64") is None
    )
    if not whole or _depth(text) > 200:
        raise OracleRefusal("malformed")
    assert isinstance(event, dict)
    return event


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _refuse_surrogates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for pair in pairs:
        for text in _texts(list(pair)):
            text.encode("utf-8")  # a UnicodeEncodeError is a ValueError
    return dict(pairs)


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _depth(text: str) -> int:
    """The deepest nesting of a JSON text, brackets inside strings aside."""
    deepest = level = 0
    for character in re.sub(r'"(\\.|[^"\\])*"', "", text):
        level += {"{": 1, "[": 1, "}": -1, "]": -1}.get(character, 0)
        deepest = max(deepest, level)
    return deepest


def _record(
    event_type: str, time: datetime, data: dict[str, Any], kinds: Collection[str]
) -> InputRecord:
    if event_type in recognition.OF_A_PERSON or data.get("fact_type") in recognition.OF_A_PERSON:
        data.pop("loop_id", None)  # these have none, and what is not known is ignored
    good = is_name(data.get("program_id")) and _GOOD[event_type](data)
    good = good and recognition.is_in_time(event_type, data, time)
    good = good and (event_type != KUDOS or data["kind"] in kinds)
    if not good:
        raise OracleRefusal("invalid")
    key_type = data["fact_type"] if event_type == RETRACTED else event_type
    key_id = data["fact_id"] if event_type == RETRACTED else data[KEYS[event_type]]
    place = "loop" if "loop_id" in data else "participant"
    key = (data["program_id"], place, data[f"{place}_id"], key_type, key_id)
    for field in ("mentor_ids", "recused_ids"):
        if data.get(field) == []:
            del data[field]  # empty is absent
    if event_type == recognition.DECISION:
        data["as_of"] = instant(data["as_of"])
    content = {
        name: _by_value(value)
        for name, value in data.items()
        if name in _CONTENT.get(event_type, ())
    }
    return InputRecord(event_type, key, time, data, {**content, "time": time})


def _by_value(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list) else value


def _meeting(data: dict[str, Any]) -> bool:
    attendees, mentors = data.get("attendee_ids"), data.get("mentor_ids", [])
    return (
        named(data, "loop_id", "meeting_id")
        and are_names(attendees)
        and are_names(mentors, 0)
        and all(mentor in data["attendee_ids"] for mentor in mentors)
        and is_number(data.get("duration_minutes", 0.0), 0)
        and is_name(data.get("kind", "absent"))
    )


def _survey(data: dict[str, Any]) -> bool:
    return (
        named(data, "loop_id", "survey_id", "respondent_id")
        and are_names(data.get("about_ids"))
        and data["respondent_id"] not in data["about_ids"]
        and data.get("survey") in ("mqs", "post_meeting")
        and is_whole(data.get("rating"), 1, 5)
        and ("meeting_id" in data or data["survey"] == "mqs")
        and is_name(data.get("meeting_id", "absent"))
        and data.get("respondent_role", "mentor") in ("mentor", "mentee")
    )


def _quiz(data: dict[str, Any]) -> bool:
    return (
        named(data, "participant_id", "quiz_id", "attempt_id")
        and is_name(data.get("loop_id", "absent"))
        and is_number(data.get("score", 0.0), 0, 1)
    )


def _kudos(data: dict[str, Any]) -> bool:
    return (
        named(data, "loop_id", "kudos_id", "giver_id", "recipient_id")
        and data["giver_id"] != data["recipient_id"]
        and isinstance(data.get("kind"), str)
        and is_prose(data.get("message", "absent"), 2000)
        and ("sealed_message" not in data or "message" not in data)
        and ("sealed_message" not in data or is_sealed(data["sealed_message"]))
    )


def _milestone(data: dict[str, Any]) -> bool:
    return named(data, "participant_id", "milestone", "completion_id") and is_name(
        data.get("loop_id", "absent")
    )


def _retraction(data: dict[str, Any]) -> bool:
    reason = data.get("reason", "")
    return (
        data.get("fact_type") in list(KEYS)
        and is_name(data.get("fact_id"))
        and is_name(data.get("loop_id", "absent"))
        and is_name(data.get("participant_id", "absent"))
        and ("loop_id" in data or _may_lack_loop(data))
        and isinstance(reason, str)
        and len(reason) <= 2000
    )


def _may_lack_loop(data: dict[str, Any]) -> bool:
    return "participant_id" in data and data["fact_type"] in (
        QUIZ,
        MILESTONE,
        recognition.TESTIMONIAL,
        *recognition.OF_A_PERSON,
    )


_GOOD: dict[str, Callable[[dict[str, Any]], bool]] = {
    MEETING: _meeting,
    SURVEY: _survey,
    QUIZ: _quiz,
    KUDOS: _kudos,
    MILESTONE: _milestone,
    RETRACTED: _retraction,
    **recognition.GOOD,
}
# What is told beside the key; `message` is not among it.
_CONTENT = {
    MEETING: ("attendee_ids", "mentor_ids", "duration_minutes", "kind"),
    SURVEY: ("survey", "respondent_id", "about_ids", "rating", "meeting_id", "respondent_role"),
    QUIZ: ("participant_id", "quiz_id", "score"),
    KUDOS: ("giver_id", "recipient_id", "kind"),
    MILESTONE: ("participant_id", "milestone"),
    **recognition.CONTENT,
}
