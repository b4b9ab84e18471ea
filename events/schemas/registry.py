"""Which model reads which type: the input of the engine, its output, and the directory's input.

What describes people and loops is no activity: on the activity topic its types are unknown.
"""

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.badge_revoked import BadgeRevoked
from events.schemas.directory.description import Description
from events.schemas.directory.loop_described import LoopDescribed
from events.schemas.directory.participant_described import ParticipantDescribed
from events.schemas.directory.program_described import ProgramDescribed
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
DIRECTORY: dict[str, type[Description]] = {
    model.TYPE: model for model in (ProgramDescribed, ParticipantDescribed, LoopDescribed)
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
        raise _invalid(INPUT[type], data, error) from None
    return model


def read_description(type: str, data: Mapping[str, object]) -> Description:
    """The model of a description's data. Raises InvalidData for a fault inside, KeyError for a
    type that DIRECTORY does not have."""
    model = DIRECTORY[type]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _invalid(model, data, error) from None


def read_output(type: str, data: bytes) -> Data:
    """The model of an output event's data, from its JSON. Raises InvalidData for a fault inside,
    KeyError for a type that OUTPUT does not have."""
    model = OUTPUT[type]
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        invalid = _invalid(model, {}, error)
        raise invalid if invalid.faults else InvalidData("data must be an object") from None


def _invalid(model: type[Data], data: Mapping[str, object], error: ValidationError) -> InvalidData:
    faults = faults_in(model, data, error)
    return InvalidData("; ".join(f"{field} {why}" for field, why in faults), faults)
