"""What an award rests on, as its messages name it."""

from pydantic import BaseModel, ConfigDict

from events.schemas.values import Name


class Evidence(BaseModel):
    """One fact, by its event type and natural key; a held award, by type "award" and award id."""

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)

    type: Name
    id: Name
