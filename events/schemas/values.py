"""The kinds of value that event data is made of, checked inside pydantic-core where it can be.

Text is never trimmed or normalised. Numbers go by value: 5.0 is 5, and neither "5" nor true is.
"""

from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

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

Remark = Annotated[str, Field(max_length=2000)]
"""Free text of up to 2000 code points."""


_Ids = TypeVar("_Ids", bound=tuple[str, ...])


def refuse_repeats(ids: _Ids) -> _Ids:
    """The ids, each once. Raises PydanticCustomError."""
    if len(set(ids)) != len(ids):
        raise PydanticCustomError("repeats", "must not name anyone twice")
    return ids


def _names(least: int) -> Any:
    # Lax only in that a list will do for a tuple; the names inside stay strict.
    return Field(
        min_length=least, max_length=200, strict=False, json_schema_extra={"uniqueItems": True}
    )


People = Annotated[tuple[Name, ...], _names(1), AfterValidator(refuse_repeats)]
"""1 to 200 participant ids, each once."""

MaybePeople = Annotated[tuple[Name, ...], _names(0), AfterValidator(refuse_repeats)]
"""Up to 200 participant ids, each once; perhaps nobody."""

Moment = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$",
        json_schema_extra={"format": "date-time"},
    ),
]
"""An Instant as data: UTC, microseconds, "Z"."""

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
