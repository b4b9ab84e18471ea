"""A mentor took a share in running the program."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from events.schemas.model import FieldFault, OfPerson
from events.schemas.values import Name


class StewardshipRecorded(OfPerson):
    """What a participant did for the program itself; `about_id` is the new mentor of a pairing."""

    TYPE: ClassVar = "mentoring.stewardship.recorded.v1"
    KEY: ClassVar = "record_id"
    PEOPLE: ClassVar = ("participant_id", "about_id")

    record_id: Name
    participant_id: Name
    kind: Literal["pairing", "panel", "calibration", "bench", "policy"]
    about_id: Name | None = None

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        about = fields.get("about_id")
        if about is not None and about == fields.get("participant_id"):
            yield FieldFault("about_id", "must not be the participant")
