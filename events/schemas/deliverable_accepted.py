"""Something that a mentor made with a learner was accepted."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from events.schemas.model import FieldFault, InLoop
from events.schemas.values import Name


class DeliverableAccepted(InLoop):
    """What a mentor, the participant, brought about with which learner, and who accepted it. Its
    time is when it was accepted."""

    TYPE: ClassVar = "mentoring.deliverable.accepted.v1"
    KEY: ClassVar = "deliverable_id"
    PEOPLE: ClassVar = ("participant_id", "learner_id")

    deliverable_id: Name
    participant_id: Name
    learner_id: Name
    cohort_id: Name
    kind: Literal[
        "scoping_brief", "feedback_round", "narrative_edit", "exemplar", "project_notes",
        "reflection",
    ]  # fmt: skip
    project_id: Name | None = None
    accepted_by: Literal["learner", "coordinator"]

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        learner = fields.get("learner_id")
        if learner is not None and learner == fields.get("participant_id"):
            yield FieldFault("learner_id", "must not be the participant")
