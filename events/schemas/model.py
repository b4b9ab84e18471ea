"""What every input event's data has: its place, its natural key, its content.

Two events with the same place, type and natural key are about the same fact; they are duplicates
when their contents (and times) are equal.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from events.instants import Instant, parse_instant
from events.schemas.values import Name

Place = tuple[Literal["loop", "participant"], str]

# Up to here a double holds every integer, and every JSON library reads the digits alike.
_LARGEST_EXACT = 2.0**53


class FieldFault(NamedTuple):
    """A bad field of an event's data: its name, and what it must be, quoting no value."""

    field: str
    why: str


class Data(BaseModel):
    """An event's `data`: frozen, strict in its types, blind to fields it does not know."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="ignore", hide_input_in_errors=True, allow_inf_nan=False
    )

    TYPE: ClassVar[str]

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:  # noqa: ARG003 - a hook
        """Faults that show only when fields, each good by itself, are held against each other.

        A field that is absent, null or bad by itself may be missing from `fields`.
        """
        return iter(())

    def body(self) -> dict[str, object]:
        """The data as JSON values, in the model's order; absent optional fields are left out."""
        fields = type(self).model_fields
        body: dict[str, object] = self.model_dump(mode="json")
        return {
            name: value
            for name, value in body.items()
            if value is not None or fields[name].is_required()
        }


class EventData(Data):
    """The `data` of an event on mentoring.activity."""

    KEY: ClassVar[str]
    """The field that holds the natural key."""
    PEOPLE: ClassVar[tuple[str, ...]]
    """The fields that hold participant ids."""
    PERSON: ClassVar[str] = "participant_id"
    """The field that names the person whose place a fact without a loop has."""
    PRIVATE: ClassVar[frozenset[str]] = frozenset()
    """Fields that are never kept with the fact."""
    NOTE: ClassVar[str | None] = None
    """Of the private fields, the text that is kept apart from the fact, for its reader."""
    SEALED_NOTE: ClassVar[str | None] = None
    """The private field that holds such a text already sealed."""
    NOTE_FOR: ClassVar[str] = ""
    """The field that names the reader of such a text."""
    KIND: ClassVar[str | None] = None
    """The field that must name a repeatable badge over this event. Which there are only the
    catalog of a program knows, so the model does not check it."""
    NOT_AFTER: ClassVar[tuple[str, ...]] = ()
    """The fields that hold an instant which must not be after the event's time."""
    _CONTENT: ClassVar[tuple[str, ...]]

    program_id: Name

    @classmethod
    def __pydantic_init_subclass__(cls, **_kwargs: Any) -> None:
        cls._CONTENT = tuple(name for name in cls.model_fields if name not in cls.PRIVATE)

    @model_validator(mode="after")
    def _fields_agree(self) -> "EventData":
        for _fault in self.between(self.__dict__):
            raise PydanticCustomError("disagree", "the fields do not agree")
        return self

    @classmethod
    def counted(cls, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        """The fields without those that do not count, given the others."""
        return fields

    @classmethod
    def against(cls, fields: Mapping[str, Any], time: Instant) -> Iterator[FieldFault]:
        """Faults that show only when a field, good by itself, is held against the event's time."""
        for name in cls.NOT_AFTER:
            if name in fields and parse_instant(fields[name]) > time:
                yield FieldFault(name, "must not be after the event's time")

    @property
    def place(self) -> Place:
        """Where the fact belongs: its loop, or its participant where it has no loop."""
        values = self.__dict__
        loop: str | None = values.get("loop_id")
        return ("participant", values[self.PERSON]) if loop is None else ("loop", loop)

    @property
    def natural_key(self) -> str:
        """The publisher's own id of the fact, unique with the place and the type."""
        key: str = getattr(self, self.KEY)
        return key

    def content(self) -> dict[str, object]:
        """The recognised fields that are present, as JSON values in one form per meaning: id
        lists and keys sorted, whole numbers as int. Without private fields and the envelope."""
        values = self.__dict__
        return {
            name: _canonical(value) for name in self._CONTENT if (value := values[name]) is not None
        }


class InLoop(EventData):
    """The data of an event that cannot happen outside a loop."""

    loop_id: Name


class OfPerson(EventData):
    """The data of an event that is about one person, whatever loops they are in: it has no loop,
    and its place is that of the person."""


def _canonical(value: object) -> object:
    if type(value) is tuple:
        return sorted(value)
    if type(value) is dict:
        return dict(sorted(value.items()))
    if type(value) is float and value.is_integer() and abs(value) <= _LARGEST_EXACT:
        return int(value)
    return value
