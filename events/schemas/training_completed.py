"""A mentor completed a training of their own."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from events.schemas.model import OfPerson
from events.schemas.values import Name


class TrainingCompleted(OfPerson):
    """Which course a participant completed, and the credits for it."""

    TYPE: ClassVar = "mentoring.training.completed.v1"
    KEY: ClassVar = "completion_id"
    PEOPLE: ClassVar = ("participant_id",)

    completion_id: Name
    participant_id: Name
    course_id: Name
    kind: Literal["clinic", "pedagogy", "rubric", "ethics", "foundations"]
    credits: Annotated[float, Field(ge=0, le=1000)]
