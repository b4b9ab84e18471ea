"""A participant passed a quiz, in a loop or outside any."""

from typing import Annotated, ClassVar

from pydantic import Field

from events.schemas.model import EventData
from events.schemas.values import Name


class QuizPassed(EventData):
    """Who passed which quiz. Without a loop the fact stands under its participant."""

    TYPE: ClassVar = "mentoring.quiz.passed.v1"
    KEY: ClassVar = "attempt_id"
    PEOPLE: ClassVar = ("participant_id",)

    loop_id: Name | None = None
    participant_id: Name
    quiz_id: Name
    attempt_id: Name
    score: Annotated[float, Field(ge=0, le=1)] | None = None
