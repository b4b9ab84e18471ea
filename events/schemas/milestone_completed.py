"""A participant completed a mentoring milestone of a loop."""

from typing import ClassVar

from events.schemas.model import InLoop
from events.schemas.values import Name


class MilestoneCompleted(InLoop):
    """Who completed which milestone. One that no catalog mentions is accepted without effect."""

    TYPE: ClassVar = "mentoring.milestone.completed.v1"
    KEY: ClassVar = "completion_id"
    PEOPLE: ClassVar = ("participant_id",)

    participant_id: Name
    milestone: Name
    completion_id: Name
