"""What subscribers hear: the messages of the outbox, taken apart as a subscriber would."""

import json
from dataclasses import dataclass
from typing import Any

from engine.store.awards.outbox import OutboxMessage
from events.schemas.registry import OUTPUT

AWARDED = "mentoring.badge.awarded.v1"
REVOKED = "mentoring.badge.revoked.v1"
INVITED = "mentoring.kudos.invited.v1"


@dataclass(frozen=True)
class PublishedMessages:
    """One message on the topic of awards."""

    type: str
    id: str
    time: str
    source: str
    key: bytes | None
    data: dict[str, Any]
    raw: bytes

    @property
    def what(self) -> str:
        """In a few words: "+" or "-", recipient, badge, occurrence; "?" for an invitation."""
        if self.type == INVITED:
            return f"? {self.data['respondent_id']} {self.data['survey_id']}"
        sign = "+" if self.type == AWARDED else "-"
        level = self.data["level"] or self.data.get("occurrence") or ""
        return f"{sign} {self.data['recipient_id']} {self.data['badge']} {level}".strip()


def heard(message: OutboxMessage) -> PublishedMessages:
    """Take a message apart. Fails unless it is an event as the contract has it."""
    event = json.loads(message.value)
    assert event["specversion"] == "1.0"
    data = event["data"]
    OUTPUT[event["type"]].model_validate(data)
    return PublishedMessages(
        event["type"],
        event["id"],
        event["time"],
        event["source"],
        message.key,
        data,
        message.value,
    )
