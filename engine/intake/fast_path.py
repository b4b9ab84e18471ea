"""A second, faster reader that answers "good, and this is it", or asks the models.

It is derived from the event models' JSON Schemas and never wiser than they are: what is not plain
ASCII without escapes, or not valid at first sight, or of a type with a constraint that is not
understood here, is left to the models. A property test holds the two equal.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from pydantic_core import PydanticCustomError

from events.envelope import MAX_BYTES
from events.instants import Instant, parse_instant
from events.schemas.model import EventData
from events.schemas.registry import INPUT
from events.schemas.values import CONTROL_CHARACTERS, CONTROLS_IN_TEXT, DAY, refuse_unknown_day

_DEEPEST = 100
_LARGEST_EXACT = 2.0**53  # up to here a double holds every integer


class FastPath(NamedTuple):
    """A valid event: its type, its time, its recognised data in normal form, what is private."""

    type: str
    time: Instant
    data: dict[str, Any]
    private: dict[str, Any]


class _Envelope(msgspec.Struct, gc=False):
    specversion: Literal["1.0"]
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
    source: Annotated[str, msgspec.Meta(min_length=1)]
    type: str
    time: str
    data: msgspec.Raw
    data_base64: None = None


class _Shape(NamedTuple):
    """What the models say of one type, so far as msgspec can check it."""

    model: type[EventData]
    decode: Callable[[msgspec.Raw], Any]
    lists: tuple[str, ...]
    wholes: tuple[str, ...]
    numbers: tuple[str, ...]
    days: tuple[str, ...]


def parse_fast(value: bytes) -> FastPath | None:
    """Read a structured event; None if the models must be asked."""
    # Plain bytes cannot hold what only an escape or UTF-8 can: control characters, surrogates.
    if (
        len(value) > MAX_BYTES
        or not value.isascii()
        or b"\\" in value
        or b"\x7f" in value
        or value.count(b"{") + value.count(b"[") > _DEEPEST
    ):
        return None
    try:
        event = _decode(value)
        shape = _SHAPES[event.type]
        data: Any = shape.model.counted(msgspec.to_builtins(shape.decode(event.data)))
        time = parse_instant(event.time)
    except (msgspec.MsgspecError, KeyError, ValueError):
        return None
    for name in shape.lists:
        ids = data.get(name)
        if ids is not None:
            if not ids or len(set(ids)) != len(ids):
                return None
            ids.sort()
    for name in shape.wholes:
        number = data.get(name)
        if number is not None and not (number.is_integer() and abs(number) <= _LARGEST_EXACT):
            return None
    try:
        for name in shape.days:
            if name in data:
                refuse_unknown_day(data[name])
    except PydanticCustomError:
        return None
    for name in shape.numbers:
        number = data.get(name)
        if number is not None and number.is_integer() and abs(number) <= _LARGEST_EXACT:
            data[name] = int(number)
    for _fault in shape.model.between(data):
        return None
    private = {name: data.pop(name) for name in shape.model.PRIVATE if name in data}
    return FastPath(event.type, time, data, private)


_decode = msgspec.json.Decoder(_Envelope).decode

# Keywords of a property's JSON Schema, by its type. One that is not listed is not understood.
_UNDERSTOOD = {
    "string": {"type", "title", "minLength", "maxLength", "pattern", "enum", "format"},
    "array": {"type", "title", "items", "minItems", "maxItems", "uniqueItems"},
    "integer": {"type", "title", "minimum", "maximum"},
    "number": {"type", "title", "minimum", "maximum"},
}


# Patterns that only exclude control characters, which plain bytes do not have.
_NO_CONTROLS = (
    rf"^[^{CONTROL_CHARACTERS}]*$",
    rf"^[^{CONTROLS_IN_TEXT}]*$",
)


class _NotUnderstood(Exception):
    """A schema says something that this module does not know how to check."""


def _shape(model: type[EventData]) -> _Shape:
    if model.NOT_AFTER:
        raise _NotUnderstood
    properties = model.model_json_schema()["properties"]
    kinds: dict[str, str] = {}
    days: list[str] = []
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for name, schema in properties.items():
        required = model.model_fields[name].is_required()
        plain = next(s for s in schema.get("anyOf", [schema]) if s.get("type") != "null")
        kinds[name] = plain.get("type", "")
        if plain.get("format") == "date":
            days.append(name)
        kind = _kind(plain)
        fields.append((name, kind) if required else (name, kind | None, None))
    struct = msgspec.defstruct(model.__name__, fields, kw_only=True, omit_defaults=True, gc=False)
    return _Shape(
        model,
        msgspec.json.Decoder(struct).decode,
        tuple(name for name, kind in kinds.items() if kind == "array"),
        tuple(name for name, kind in kinds.items() if kind == "integer"),
        tuple(name for name, kind in kinds.items() if kind in ("integer", "number")),
        tuple(days),
    )


def _kind(schema: dict[str, Any]) -> Any:
    kind = schema.get("type", "")
    if not schema.keys() <= _UNDERSTOOD.get(kind, set()):
        raise _NotUnderstood
    if "enum" in schema:
        return Literal[tuple(schema["enum"])]
    if kind == "string":
        if schema.get("format", "date") != "date":
            raise _NotUnderstood
        if schema.get("pattern", DAY) not in (*_NO_CONTROLS, DAY):
            raise _NotUnderstood
        form = msgspec.Meta(
            min_length=schema.get("minLength"),
            max_length=schema.get("maxLength"),
            pattern=DAY if schema.get("pattern") == DAY else None,
        )
        return Annotated[str, form]
    if kind == "array":
        size = msgspec.Meta(min_length=schema.get("minItems"), max_length=schema.get("maxItems"))
        return Annotated[list[_kind(schema["items"])], size]  # type: ignore[misc]
    bounds = msgspec.Meta(ge=schema.get("minimum"), le=schema.get("maximum"))
    return Annotated[float, bounds]


def _shapes() -> dict[str, _Shape]:
    shapes: dict[str, _Shape] = {}
    for name, model in INPUT.items():
        try:
            shapes[name] = _shape(model)
        except _NotUnderstood:
            continue
    return shapes


_SHAPES = _shapes()
