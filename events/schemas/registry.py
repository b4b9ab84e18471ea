"""Which model reads which type: the input of the engine, its output, and the directory's input.

What describes people and loops is no activity: on the activity topic its types are unknown.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import ValidationError

from events.instants import Instant
from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.badge_revoked import BadgeRevoked
from events.schemas.decision_recorded import DecisionRecorded
from events.schemas.directory.description import Description
from events.schemas.directory.loop_described import LoopDescribed
from events.schemas.directory.participant_described import ParticipantDescribed
from events.schemas.directory.program_described import ProgramDescribed
from events.schemas.fact_retracted import FactRetracted
from events.schemas.facts import FACTS
from events.schemas.faults import faults_in
from events.schemas.kudos_invited import KudosInvited
from events.schemas.model import Data, EventData, FieldFault
from events.schemas.review_submitted import ReviewSubmitted
from events.schemas.reward_granted import RewardGranted
from events.schemas.stewardship_recorded import StewardshipRecorded

FACT_TYPES: tuple[str, ...] = tuple(FACTS)
RETRACTION: str = FactRetracted.TYPE

TopicKind = Literal["activity", "governance"]
"""Of the engine's input topics, the one that every service writes, and the one that governance
alone may write."""

GOVERNANCE: frozenset[str] = frozenset(
    model.TYPE for model in (ReviewSubmitted, StewardshipRecorded, DecisionRecorded, RewardGranted)
)
"""The types that only governance tells: they and their retractions have a topic of their own."""

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


def topic_kind_of(type: str, data: Mapping[str, object]) -> TopicKind:
    """On which topic an input event belongs: its type alone decides, of a retraction the type of
    the fact that it retracts. `data` need not be valid."""
    name = data.get("fact_type") if type == RETRACTION else type
    return "governance" if isinstance(name, str) and name in GOVERNANCE else "activity"


def read_data(type: str, data: Mapping[str, object], time: Instant | None = None) -> EventData:
    """The model of an input event's data, as parsed from JSON (or of like Python values). `time`:
    the event's, which some fields must agree with; None if it is not known.

    Raises InvalidData for a fault inside, KeyError for a type that INPUT does not have.
    """
    validate = _VALIDATE[type]
    try:
        read: EventData = validate(data)
    except ValidationError as error:
        raise _invalid(INPUT[type], data, error, time) from None
    if time is not None and read.NOT_AFTER:
        late = tuple(read.against(read.__dict__, time))
        if late:
            raise _of_faults(late)
    return read


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


def _invalid(
    model: type[Data],
    data: Mapping[str, object],
    error: ValidationError,
    time: Instant | None = None,
) -> InvalidData:
    return _of_faults(faults_in(model, data, error, time))


def _of_faults(faults: Iterable[FieldFault]) -> InvalidData:
    named = tuple(faults)
    return InvalidData("; ".join(f"{field} {why}" for field, why in named), named)
