"""Which model reads which type: the input of the engine, and its output."""

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.badge_revoked import BadgeRevoked
from events.schemas.fact_retracted import FactRetracted
from events.schemas.facts import FACTS
from events.schemas.faults import faults_in
from events.schemas.kudos_invited import KudosInvited
from events.schemas.model import Data, EventData, FieldFault

FACT_TYPES: tuple[str, ...] = tuple(FACTS)
RETRACTION: str = FactRetracted.TYPE

INPUT: dict[str, type[EventData]] = {**FACTS, RETRACTION: FactRetracted}
OUTPUT: dict[str, type[Data]] = {
    model.TYPE: model for model in (BadgeAwarded, BadgeRevoked, KudosInvited)
}

# model_validate costs half a microsecond more than what it wraps, on every event.
_VALIDATE = {name: model.__pydantic_validator__.validate_python for name, model in INPUT.items()}


class InvalidData(ValueError):
    """The data of an event breaks its type's rules; the message names every bad field with
    what it must be, and quotes no value."""

    def __init__(self, text: str, faults: Iterable[FieldFault] = ()) -> None:
        super().__init__(text)
        self.faults = tuple(faults)


def read_data(type: str, data: Mapping[str, object]) -> EventData:
    """The model of an input event's data, as parsed from JSON (or of like Python values).

    Raises InvalidData for a fault inside, KeyError for a type that INPUT does not have.
    """
    validate = _VALIDATE[type]
    try:
        model: EventData = validate(data)
    except ValidationError as error:
        faults = faults_in(INPUT[type], data, error)
        raise InvalidData("; ".join(f"{field} {why}" for field, why in faults), faults) from None
    return model
