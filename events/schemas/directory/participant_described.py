"""A participant of a program: who they are to the people of the program."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from events.schemas.directory.description import Description
from events.schemas.directory.values import Email, Locale, Title, WebAddress, Zone
from events.schemas.values import Name, refuse_repeats

Role = Literal["mentor", "mentee"]

Roles = Annotated[
    tuple[Role, ...],
    Field(max_length=2, strict=False, json_schema_extra={"uniqueItems": True}),
    AfterValidator(refuse_repeats),
]


class ParticipantDescribed(Description):
    """A participant's name, how to reach them, and their roles. Not active: they may read what is
    theirs, and are proposed to nobody."""

    TYPE: ClassVar = "mentoring.participant.described.v1"
    KIND_OF_THING: ClassVar = "participant"
    ID: ClassVar = "participant_id"

    participant_id: Name
    display_name: Title
    given_name: Title | None = None
    email: Email | None = None
    avatar_url: WebAddress | None = None
    locale: Locale | None = None
    timezone: Zone | None = None
    roles: Roles | None = None
    active: bool | None = None
