"""One participant gave another kudos, perhaps with a private note, sealed or in clear."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from events.schemas.model import FieldFault, InLoop
from events.schemas.noted import note_faults
from events.schemas.values import Name, PrivateMessage, SealedNote


class KudosGiven(InLoop):
    """Who gave kudos of which kind to whom. Whether the kind exists is the catalog's to say."""

    TYPE: ClassVar = "mentoring.kudos.given.v1"
    KEY: ClassVar = "kudos_id"
    PEOPLE: ClassVar = ("giver_id", "recipient_id")
    PRIVATE: ClassVar = frozenset({"message", "sealed_message"})
    NOTE: ClassVar = "message"
    SEALED_NOTE: ClassVar = "sealed_message"
    NOTE_FOR: ClassVar = "recipient_id"
    KIND: ClassVar = "kind"

    kudos_id: Name
    giver_id: Name
    recipient_id: Name
    kind: Name
    # repr=False: a model is easily logged, and the note is for the recipient's eyes.
    message: Annotated[PrivateMessage | None, Field(repr=False)] = None
    sealed_message: Annotated[SealedNote | None, Field(repr=False)] = None

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        giver = fields.get("giver_id")
        if giver is not None and giver == fields.get("recipient_id"):
            yield FieldFault("recipient_id", "must not be the giver")
        yield from note_faults(fields, cls.NOTE, cls.SEALED_NOTE)
