"""A checkpoint of a learner's work was closed."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict

from events.schemas.model import FieldFault, InLoop
from events.schemas.values import Day, Mentors, Name


class CheckpointClosed(InLoop):
    """Whether what was due on a day was there in time, and if not, whom it was up to."""

    TYPE: ClassVar = "mentoring.checkpoint.closed.v1"
    KEY: ClassVar = "checkpoint_id"
    PEOPLE: ClassVar = ("learner_id", "mentor_ids")

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"result": {"const": "on_time"}}},
            "then": {"properties": {"cause": {"const": "none"}}},
            "else": {"properties": {"cause": {"not": {"const": "none"}}}},
        }
    )

    checkpoint_id: Name
    cohort_id: Name
    learner_id: Name
    mentor_ids: Mentors
    milestone: Name | None = None
    due_on: Day
    result: Literal["on_time", "late", "missed"]
    cause: Literal["none", "mentor", "learner", "excused"]

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        if fields.get("learner_id") in fields.get("mentor_ids", ()):
            yield FieldFault("mentor_ids", "must not name the learner")
        result, cause = fields.get("result"), fields.get("cause")
        if result and cause and (result == "on_time") != (cause == "none"):
            yield FieldFault("cause", "must be none if result is on_time, and only then")
