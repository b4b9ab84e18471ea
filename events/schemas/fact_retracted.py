"""A fact published before (or still to come) is removed as if it had never been."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, GetPydanticSchema, JsonValue, model_validator
from pydantic_core import core_schema

from events.schemas.facts import FACTS
from events.schemas.model import EventData, FieldFault, InLoop, OfPerson
from events.schemas.values import Name, Remark

_OUTSIDE_LOOPS: list[JsonValue] = [
    name for name, model in FACTS.items() if not issubclass(model, InLoop)
]
_IN_LOOPS: list[JsonValue] = [
    name for name, model in FACTS.items() if not issubclass(model, OfPerson)
]

# Any type of the registry, so that a new fact can be retracted without a line here.
_FactType = Annotated[
    str, GetPydanticSchema(lambda _source, _handler: core_schema.literal_schema(list(FACTS)))
]


def never_in_loops(fact_type: object) -> bool:
    """Whether facts of this type never have a loop: their retractions name the participant, and
    if they name a loop too, it does not count."""
    return isinstance(fact_type, str) and fact_type in FACTS and fact_type not in _IN_LOOPS


class FactRetracted(EventData):
    """Which fact is retracted, by its full key. If a loop and a participant are named, the loop
    is the place, unless facts of the type never have one; only facts that can be without a loop
    can be named by their participant."""

    TYPE: ClassVar = "mentoring.fact.retracted.v1"
    KEY: ClassVar = "fact_id"
    PEOPLE: ClassVar = ("participant_id",)
    PRIVATE: ClassVar = frozenset({"reason"})  # free text, for people who read the topic

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {
                    "properties": {
                        "loop_id": {"type": "string"},
                        "fact_type": {"enum": _IN_LOOPS},
                    },
                    "required": ["loop_id"],
                },
                {
                    "properties": {
                        "participant_id": {"type": "string"},
                        "fact_type": {"enum": _OUTSIDE_LOOPS},
                    },
                    "required": ["participant_id"],
                },
            ]
        }
    )

    loop_id: Name | None = None
    participant_id: Name | None = None
    fact_type: _FactType
    fact_id: Name
    reason: Remark | None = None

    @model_validator(mode="before")
    @classmethod
    def _only_what_counts(cls, fields: Any) -> Any:
        return cls.counted(fields) if isinstance(fields, Mapping) else fields

    @classmethod
    def counted(cls, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        if "loop_id" in fields and never_in_loops(fields.get("fact_type")):
            return {name: value for name, value in fields.items() if name != "loop_id"}
        return fields

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        if never_in_loops(fields.get("fact_type")):
            if fields.get("participant_id") is None:
                yield FieldFault("participant_id", "is required to retract a fact of this type")
            return
        if fields.get("loop_id") is not None:
            return
        if fields.get("participant_id") is None:
            yield FieldFault("loop_id", "is required (participant_id where the fact had no loop)")
        elif fields.get("fact_type", _OUTSIDE_LOOPS[0]) not in _OUTSIDE_LOOPS:
            yield FieldFault("loop_id", "is required to retract a fact of this type")

    @property
    def natural_key(self) -> str:
        """The retracted fact's type and natural key; no type contains a slash."""
        return f"{self.fact_type}/{self.fact_id}"
