"""A reward was granted to a participant."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from events.schemas.model import FieldFault, OfPerson
from events.schemas.values import Approvers, Name


class RewardGranted(OfPerson):
    """Which of the program's rewards somebody got in which cycle, and who approved. Never an
    amount."""

    TYPE: ClassVar = "mentoring.reward.granted.v1"
    KEY: ClassVar = "reward_id"
    PEOPLE: ClassVar = ("participant_id", "approver_ids")

    reward_id: Name
    participant_id: Name
    reward: Name
    kind: Literal[
        "stipend", "bonus", "grant", "conference", "project", "spotlight", "event", "credit"
    ]
    cycle: Name
    approver_ids: Approvers

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        if fields.get("participant_id") in fields.get("approver_ids", ()):
            yield FieldFault("approver_ids", "must not name the participant")
