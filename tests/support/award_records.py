"""Records of mentoring.awards as the engine publishes them, of the program acme."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from events.award_ids import award_id, invitation_id, message_id

PROGRAM = "acme"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)

_CATALOG = {"name": "mentoring", "version": 1, "digest": "d"}


def instant(at: datetime) -> str:
    """As messages have it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def id_of(recipient: str, badge: str = "momentum", occurrence: str = "bronze") -> str:
    """The id of an award in the loop l."""
    return award_id(PROGRAM, "l", recipient, badge, occurrence)


def revision_of(
    recipient: str,
    revision: int = 1,
    *,
    badge: str = "momentum",
    occurrence: str = "bronze",
    giver: str | None = None,
    at: datetime = START,
    **data: Any,
) -> bytes:
    """A revision of an award in the loop l: odd ones award, even ones revoke. With a giver it is
    kudos. `at`: since when it is held; `data`: fields that differ."""
    subject = id_of(recipient, badge, occurrence)
    fields: dict[str, Any] = {
        "award_id": subject,
        "revision": revision,
        "program_id": PROGRAM,
        "loop_id": "l",
        "recipient_id": recipient,
        "badge": badge,
        "level": None if giver else occurrence,
        "total": 1 if giver else None,
        "evidence": [{"type": "mentoring.meeting.completed.v1", "id": "m"}],
    }
    if revision % 2:
        fields |= {
            "badge_name": badge.title(),
            "category": "kudos" if giver else "achievement",
            "occurrence": occurrence,
            "awarded_at": instant(at),
            "catalog": _CATALOG,
        }
        fields |= {"giver_id": giver} if giver else {}
    else:
        fields |= {"reason": "fact_retracted"}
    type = "mentoring.badge.awarded.v1" if revision % 2 else "mentoring.badge.revoked.v1"
    return _event(type, message_id(subject, revision), at, fields | data)


def invitation_of(
    respondent: str, *about: str, survey: str = "s", at: datetime = START, **data: Any
) -> bytes:
    """An invitation after a survey in the loop l."""
    subject = invitation_id(PROGRAM, "l", survey, respondent)
    fields = {
        "invitation_id": subject,
        "program_id": PROGRAM,
        "loop_id": "l",
        "respondent_id": respondent,
        "about_ids": list(about),
        "survey_id": survey,
    }
    return _event("mentoring.kudos.invited.v1", message_id(subject, 1), at, fields | data)


def later(days: float = 0, seconds: float = 0) -> datetime:
    """After the start."""
    return START + timedelta(days=days, seconds=seconds)


def _event(type: str, id: str, at: datetime, data: dict[str, Any]) -> bytes:
    envelope = {
        "specversion": "1.0",
        "id": id,
        "source": "/badge-engine",
        "type": type,
        "time": instant(at),
        "datacontenttype": "application/json",
    }
    return json.dumps(envelope | {"data": data}).encode()
