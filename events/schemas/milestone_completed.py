"""A participant completed a milestone, in a loop or outside any."""

from typing import ClassVar

from events.schemas.model import EventData
from events.schemas.values import Name


class MilestoneCompleted(EventData):
    """Who completed which milestone, of a loop or of their own (a profile is complete, a cohort was
    joined). One that no catalog mentions is accepted without effect."""

    TYPE: ClassVar = "mentoring.milestone.completed.v1"
    KEY: ClassVar = "completion_id"
    PEOPLE: ClassVar = ("participant_id",)

    loop_id: Name | None = None
    participant_id: Name
    milestone: Name
    completion_id: Name
