"""A participant was awarded a badge: once per award, and again only after a revocation."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from events.schemas.evidence import Evidence
from events.schemas.model import Data
from events.schemas.values import Moment, Name, UniqueId, WholeNumber


class CatalogNamed(BaseModel):
    """The catalog an award was decided under; the digest covers what decides, not the texts."""

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)

    name: str
    version: str | int
    digest: str


class BadgeAwarded(Data):
    """Who holds which badge since when, and why. Revisions are odd; never a message.

    `category` is the catalog's word for its kind: "achievement", "kudos" or any other. Whether
    somebody gave it, `giver_id` says. Without `valid_until` it is valid without end; with it, up to
    that instant and not at it."""

    TYPE: ClassVar = "mentoring.badge.awarded.v1"

    award_id: UniqueId
    revision: Annotated[int, WholeNumber(1)]
    program_id: Name
    loop_id: Name | None
    recipient_id: Name
    badge: Name
    badge_name: str
    category: Name
    level: Name | None
    occurrence: Annotated[str, Field(max_length=128)]
    awarded_at: Moment
    valid_until: Moment | None = None
    total: Annotated[int, WholeNumber(1)] | None
    giver_id: Name | None = None
    catalog: CatalogNamed
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)]
