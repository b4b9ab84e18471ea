"""The kinds of value that event data is made of, checked inside pydantic-core where it can be.

Text is never trimmed or normalised. Numbers go by value: 5.0 is 5, and neither "5" nor true is.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from events.instants import parse_instant
from events.sealed_note import MOST_CHARACTERS

# Unicode category Cc, as the inside of a regular expression's brackets.
CONTROL_CHARACTERS = r"\x00-\x1f\x7f-\x9f"

Name = Annotated[str, Field(min_length=1, max_length=128, pattern=rf"^[^{CONTROL_CHARACTERS}]*$")]
"""An id or a name: 1 to 128 code points, no control characters."""

# The same without tab, LF and CR: what no text of several lines needs.
CONTROLS_IN_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"

MOST_OF_A_NOTE = 2000
"""Code points of a private note."""

PrivateMessage = Annotated[
    str,
    Field(min_length=1, max_length=MOST_OF_A_NOTE, pattern=rf"^[^{CONTROLS_IN_TEXT}]*$"),
]
"""A note for its recipient only: 1 to 2000 code points, of control characters only tab, LF, CR."""

SealedNote = Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
"""A note as a compact JWE to its recipient's key; events/sealing.py says of what form."""

MOST_OF_A_NARRATIVE = 8000
"""Code points of a testimonial's narrative."""

PrivateNarrative = Annotated[
    str,
    Field(min_length=1, max_length=MOST_OF_A_NARRATIVE, pattern=rf"^[^{CONTROLS_IN_TEXT}]*$"),
]
"""As a private message, of 1 to 8000 code points."""

SealedNarrative = Annotated[str, Field(min_length=1, max_length=48_000)]
"""A narrative, sealed as a note is."""

Remark = Annotated[str, Field(max_length=2000)]
"""Free text of up to 2000 code points."""


_Ids = TypeVar("_Ids", bound=tuple[str, ...])


def refuse_repeats(ids: _Ids) -> _Ids:
    """The ids, each once. Raises PydanticCustomError."""
    if len(set(ids)) != len(ids):
        raise PydanticCustomError("repeats", "must not name anyone twice")
    return ids


def absent_when_empty(ids: _Ids) -> _Ids | None:
    """The ids; None if there are none."""
    return ids or None


def _names(least: int, most: int = 200) -> Any:
    # Lax only in that a list will do for a tuple; the names inside stay strict.
    return Field(
        min_length=least, max_length=most, strict=False, json_schema_extra={"uniqueItems": True}
    )


People = Annotated[tuple[Name, ...], _names(1), AfterValidator(refuse_repeats)]
"""1 to 200 participant ids, each once."""

MaybePeople = Annotated[tuple[Name, ...], _names(0), AfterValidator(refuse_repeats)]
"""Up to 200 participant ids, each once; perhaps nobody."""

Mentors = Annotated[tuple[Name, ...], _names(1, 20), AfterValidator(refuse_repeats)]
"""1 to 20 participant ids, each once."""

Approvers = Annotated[tuple[Name, ...], _names(1, 9), AfterValidator(refuse_repeats)]
"""1 to 9 participant ids, each once."""

MaybeRecused = Annotated[tuple[Name, ...], _names(0, 50), AfterValidator(refuse_repeats)]
"""Up to 50 participant ids, each once; perhaps nobody."""

Moment = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$",
        json_schema_extra={"format": "date-time"},
    ),
]
"""An Instant as data: UTC, microseconds, "Z"."""


def _instant(text: str) -> str:
    try:
        return parse_instant(text)
    except ValueError as error:
        raise PydanticCustomError("instant", "{why}", {"why": str(error)}) from None


When = Annotated[str, Field(json_schema_extra={"format": "date-time"}), AfterValidator(_instant)]
"""A time in RFC 3339 with an offset, as the Instant that it is."""

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def refuse_unknown_day(text: str) -> str:
    """The text of a day that a calendar has. Raises PydanticCustomError."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("day", "must be a day of the years 1 to 9999") from None
    return text


Day = Annotated[
    str,
    Field(pattern=DAY, json_schema_extra={"format": "date"}),
    AfterValidator(refuse_unknown_day),
]
"""A date that exists: YYYY-MM-DD, in the years 1 to 9999."""

HEX64 = r"^[0-9a-f]{64}$"

Hex64 = Annotated[str, Field(pattern=HEX64)]
"""A SHA-256 digest as 64 hexadecimal digits in lower case."""

UniqueId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID in lower case."""


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """An integer by value, for use in Annotated[int, Whole(least, greatest)]."""

    least: int
    greatest: int | None = None

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.chain_schema(
            [
                core_schema.float_schema(strict=True, allow_inf_nan=False),
                # Not multiple_of, which forgives a billionth.
                core_schema.int_schema(strict=False, ge=self.least, le=self.greatest),
            ]
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema: JsonSchemaValue = {"type": "integer", "minimum": self.least}
        return schema if self.greatest is None else schema | {"maximum": self.greatest}


Rating = Annotated[int, WholeNumber(0, 4)]
"""A row of a rubric as somebody judged it: 0 to 4."""

Ratings = Annotated[
    dict[Name, Rating],
    # The schema describes names by a pattern: what does not match it may not be there at all.
    Field(min_length=1, max_length=12, json_schema_extra={"additionalProperties": False}),
]
"""The rows of a rubric, 1 to 12, as somebody judged them."""
