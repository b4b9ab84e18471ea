"""A mentor did something for the community of mentors."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from events.schemas.model import OfPerson
from events.schemas.values import Name


class ContributionMade(OfPerson):
    """What a participant gave to others than their own learners, and how many it reached."""

    TYPE: ClassVar = "mentoring.contribution.made.v1"
    KEY: ClassVar = "contribution_id"
    PEOPLE: ClassVar = ("participant_id",)

    contribution_id: Name
    participant_id: Name
    kind: Literal["webinar", "guide", "peer_coaching", "case_study", "curriculum"]
    reach: Annotated[float, Field(ge=0)] | None = None
