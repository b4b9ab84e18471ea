"""What all models of answers have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

InstantText = Annotated[
    str, Field(json_schema_extra={"format": "date-time"}, examples=["2026-04-29T17:00:00.000000Z"])
]


class View(BaseModel):
    """An answer or a part of one. Every member is always there; what is unknown is null."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)
