"""The committee decided a case of a participant."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator

from events.schemas.model import FieldFault, OfPerson
from events.schemas.values import Approvers, Hex64, MaybeRecused, Name, When, absent_when_empty


class DecisionRecorded(OfPerson):
    """What was decided of a participant, on the facts as of which instant, who signed and who kept
    out. `pack` is the digest of the evidence that was read, `policy` that of what was asked for.
    Its time is when it was signed."""

    TYPE: ClassVar = "mentoring.decision.recorded.v1"
    KEY: ClassVar = "decision_id"
    PEOPLE: ClassVar = ("participant_id", "approver_ids", "recused_ids")
    NOT_AFTER: ClassVar = ("as_of",)

    decision_id: Name
    participant_id: Name
    case: Name
    outcome: Literal["granted", "renewed", "declined"]
    as_of: When
    approver_ids: Approvers
    recused_ids: Annotated[MaybeRecused, AfterValidator(absent_when_empty)] | None = None
    appeal_of: Name | None = None
    pack: Hex64
    policy: Hex64

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        approvers = set(fields.get("approver_ids", ()))
        participant = fields.get("participant_id")
        if participant in approvers:
            yield FieldFault("approver_ids", "must not name the participant")
        recused = set(fields.get("recused_ids") or ())
        if recused & (approvers | {participant}):
            yield FieldFault("recused_ids", "must name neither the participant nor an approver")
