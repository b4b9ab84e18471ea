"""A loop: its people, and whether it goes on."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, Field

from events.schemas.directory.description import Description
from events.schemas.directory.participant_described import Role
from events.schemas.directory.program_described import PART
from events.schemas.directory.values import Title
from events.schemas.values import Name, refuse_repeats


class LoopMember(BaseModel):
    """Somebody in a loop."""

    model_config = PART

    participant_id: Name
    role: Role | None = None


def _each_once(members: tuple[LoopMember, ...]) -> tuple[LoopMember, ...]:
    refuse_repeats(tuple(member.participant_id for member in members))
    return members


Members = Annotated[
    tuple[LoopMember, ...],
    Field(min_length=1, max_length=200, strict=False),
    AfterValidator(_each_once),
]
"""1 to 200 people, each once."""


class LoopDescribed(Description):
    """Who is in a loop now, and what kind of loop it is."""

    TYPE: ClassVar = "mentoring.loop.described.v1"
    KIND_OF_THING: ClassVar = "loop"
    ID: ClassVar = "loop_id"

    loop_id: Name
    name: Title | None = None
    kind: Literal["one_to_one", "group"]
    members: Members
    state: Literal["open", "closed"]
