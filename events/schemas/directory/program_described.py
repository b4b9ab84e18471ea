"""A program: what it is called, and what it allows."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict

from events.schemas.directory.description import Description
from events.schemas.directory.values import Colour, Locale, OrganizationId, Title, WebAddress, Zone
from events.schemas.values import WholeNumber

PART = ConfigDict(
    frozen=True, strict=True, extra="ignore", hide_input_in_errors=True, allow_inf_nan=False
)
"""How parts of a description are read: as the description itself."""


class KudosTerms(BaseModel):
    """Whether kudos can be given on pages, and for how many hours they can be withdrawn."""

    model_config = PART

    enabled: bool | None = None
    withdraw_hours: Annotated[int, WholeNumber(0, 168)] | None = None


class SharingTerms(BaseModel):
    """Whether badges may have public pages."""

    model_config = PART

    public_pages: bool | None = None


class Branding(BaseModel):
    """A logo and a colour."""

    model_config = PART

    logo_url: WebAddress | None = None
    accent: Colour | None = None


class IssuerTerms(BaseModel):
    """Who issues credentials of the program."""

    model_config = PART

    name: Title
    url: WebAddress
    linkedin_organization_id: OrganizationId | None = None


class ProgramDescribed(Description):
    """A program's name and settings; what is absent has its default."""

    TYPE: ClassVar = "mentoring.program.described.v1"
    KIND_OF_THING: ClassVar = "program"
    ID: ClassVar = "program_id"

    name: Title
    locale: Locale | None = None
    timezone: Zone | None = None
    self_match: bool | None = None
    kudos: KudosTerms | None = None
    sharing: SharingTerms | None = None
    branding: Branding | None = None
    support_url: WebAddress | None = None
    issuer: IssuerTerms | None = None
