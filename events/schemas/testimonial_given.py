"""A testimonial for a mentor, perhaps with a private narrative."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from events.schemas.model import EventData, FieldFault
from events.schemas.noted import note_faults
from events.schemas.values import Name, PrivateNarrative, SealedNarrative, WholeNumber


class TestimonialGiven(EventData):
    """Who speaks for a mentor, the participant: a learner, or somebody of their industry. The
    author need not be a participant of the program."""

    TYPE: ClassVar = "mentoring.testimonial.given.v1"
    KEY: ClassVar = "testimonial_id"
    PEOPLE: ClassVar = ("participant_id",)
    PRIVATE: ClassVar = frozenset({"narrative", "sealed_narrative"})
    NOTE: ClassVar = "narrative"
    SEALED_NOTE: ClassVar = "sealed_narrative"
    NOTE_FOR: ClassVar = "participant_id"

    loop_id: Name | None = None
    testimonial_id: Name
    participant_id: Name
    author_id: Name
    source: Literal["learner", "industry"]
    cohort_id: Name | None = None
    score: Annotated[int, WholeNumber(1, 5)] | None = None
    # repr=False: a model is easily logged, and the narrative is for its reader's eyes.
    narrative: Annotated[PrivateNarrative | None, Field(repr=False)] = None
    sealed_narrative: Annotated[SealedNarrative | None, Field(repr=False)] = None

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        author = fields.get("author_id")
        if author is not None and author == fields.get("participant_id"):
            yield FieldFault("author_id", "must not be the participant")
        yield from note_faults(fields, cls.NOTE, cls.SEALED_NOTE)
