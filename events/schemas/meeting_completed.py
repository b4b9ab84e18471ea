"""A mentoring meeting took place."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from events.schemas.model import FieldFault, InLoop
from events.schemas.values import MaybePeople, Name, People, absent_when_empty


class MeetingCompleted(InLoop):
    """Who met, in which loop, which of them as mentors, and what kind of meeting it was."""

    TYPE: ClassVar = "mentoring.meeting.completed.v1"
    KEY: ClassVar = "meeting_id"
    PEOPLE: ClassVar = ("attendee_ids", "mentor_ids")

    meeting_id: Name
    attendee_ids: People
    mentor_ids: Annotated[MaybePeople, AfterValidator(absent_when_empty)] | None = None
    duration_minutes: Annotated[float, Field(ge=0)] | None = None
    kind: Name | None = None

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        mentors, attendees = fields.get("mentor_ids"), fields.get("attendee_ids")
        if mentors and attendees and not set(mentors) <= set(attendees):
            yield FieldFault("mentor_ids", "must all be attendees")
