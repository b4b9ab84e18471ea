"""An announced award is no longer justified."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from events.schemas.evidence import Evidence
from events.schemas.model import Data
from events.schemas.values import Name, UniqueId, WholeNumber


class BadgeRevoked(Data):
    """Who lost which badge and why; `evidence` is of the reason. Revisions are even."""

    TYPE: ClassVar = "mentoring.badge.revoked.v1"

    award_id: UniqueId
    revision: Annotated[int, WholeNumber(2)]
    program_id: Name
    loop_id: Name | None
    recipient_id: Name
    badge: Name
    level: Name | None
    total: Annotated[int, WholeNumber(0)] | None
    reason: Literal["fact_retracted", "recomputed"]
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)]
