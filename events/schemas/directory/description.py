"""What every description has: a kind, a program, and the id of the thing described."""

from typing import ClassVar, Literal

from events.schemas.model import Data
from events.schemas.values import Name

Kind = Literal["program", "participant", "loop"]

SEPARATOR = "\x1f"
"""Joins the parts of a topic key; no id can contain it."""


class Description(Data):
    """The `data` of a record on mentoring.directory."""

    KIND_OF_THING: ClassVar[Kind]
    ID: ClassVar[str]
    """The field that holds the id of what is described."""

    program_id: Name

    @property
    def described_id(self) -> str:
        """The id of what is described; of a program its own."""
        name: str = getattr(self, self.ID)
        return name

    def body(self) -> dict[str, object]:
        """The data as JSON values, in the model's order, without what is absent."""
        return self.model_dump(mode="json", exclude_none=True)

    @property
    def key(self) -> bytes:
        """The Kafka key: kind, program and id."""
        return directory_key(self.KIND_OF_THING, self.program_id, self.described_id)


def directory_key(kind: Kind, program: str, name: str) -> bytes:
    """The Kafka key of what is described: its kind, its program, its id (a program's own)."""
    return SEPARATOR.join((kind, program, name)).encode()
