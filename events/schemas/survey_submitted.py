"""A participant rated the people they are paired with."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict

from events.schemas.model import FieldFault, InLoop
from events.schemas.values import Name, People, WholeNumber


class SurveySubmitted(InLoop):
    """Who rated whom, 1 to 5, in the Mentoring Quality Score or after a meeting; perhaps as what
    of the loop."""

    TYPE: ClassVar = "mentoring.survey.submitted.v1"
    KEY: ClassVar = "survey_id"
    PEOPLE: ClassVar = ("respondent_id", "about_ids")

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"survey": {"const": "post_meeting"}}, "required": ["survey"]},
            "then": {"properties": {"meeting_id": {"type": "string"}}, "required": ["meeting_id"]},
        }
    )

    survey_id: Name
    survey: Literal["mqs", "post_meeting"]
    respondent_id: Name
    about_ids: People
    rating: Annotated[int, WholeNumber(1, 5)]
    meeting_id: Name | None = None
    respondent_role: Literal["mentor", "mentee"] | None = None

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        if fields.get("respondent_id") in fields.get("about_ids", ()):
            yield FieldFault("about_ids", "must not name the respondent")
        if fields.get("survey") == "post_meeting" and fields.get("meeting_id") is None:
            yield FieldFault("meeting_id", "is required for a post_meeting survey")
