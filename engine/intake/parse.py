"""Bytes to a fact, a retraction or a refusal. Pure: no clock, no catalog, no I/O.

`admit`, asked afterwards, checks what needs those, so that the reasons keep their precedence.
"""

from typing import Any

import msgspec

from engine.catalog.model import Catalog
from engine.fact import Fact, Place, Retraction
from engine.intake import content
from engine.intake.fast_path import parse_fast
from engine.intake.keys import Key, key
from engine.intake.oversize import value_too_large
from engine.intake.refusal import DeferredKind, Refusal
from events.envelope import MAX_BYTES, Envelope, Headers, NotACloudEvent, is_binary
from events.envelope import read as read_envelope
from events.instants import Instant
from events.schemas.model import EventData
from events.schemas.registry import (
    INPUT,
    OUTPUT,
    RETRACTION,
    InvalidData,
    TopicKind,
    read_data,
    topic_kind_of,
)


class PrivateNote(msgspec.Struct, frozen=True, gc=False):
    """A note of a fact: its text in clear, or sealed to its reader's key."""

    text: str
    is_sealed: bool

    def __repr__(self) -> str:
        """Without the text."""
        return "PrivateNote()"


class ParsedFact(msgspec.Struct, frozen=True, gc=False):
    """A fact that a record holds. `content` is what the ledger keeps; `note` is private."""

    fact: Fact
    key: Key
    content: str
    note: PrivateNote | None


class ParsedRetraction(msgspec.Struct, frozen=True, gc=False):
    """A retraction that a record holds. `key` is the retraction's own."""

    retraction: Retraction
    key: Key
    content: str


ParseResult = ParsedFact | ParsedRetraction | Refusal
"""What a record holds."""


def parse_record(
    value: bytes | None, headers: Headers = (), on: TopicKind | None = None
) -> ParseResult:
    """Read one record. `on`: the kind of topic that it came from; None of a file, which may hold
    every type."""
    if value is not None and not is_binary(headers):
        seen = parse_fast(value)
        if seen is not None and (on is None or topic_kind_of(seen.type, seen.data) == on):
            return _reading(seen.type, seen.time, seen.data, seen.private)
    return parse_by_models(value, headers, on)


def parse_by_models(
    value: bytes | None, headers: Headers = (), on: TopicKind | None = None
) -> ParseResult:
    """Read one record by the event models alone: the definition of what `parse_record` does."""
    if value is not None and len(value) > MAX_BYTES:
        return value_too_large(len(value))
    try:
        event = read_envelope(value, headers)
    except NotACloudEvent as error:
        return Refusal("malformed", str(error))
    if event.type in OUTPUT:
        return Refusal("forbidden", f"{event.type} may not be published on this topic")
    if event.type not in INPUT:
        return Refusal("unknown_type", "no event type or version of this name is known")
    if on is not None and topic_kind_of(event.type, event.data) != on:
        what = "retracts a fact of a type that" if event.type == RETRACTION else event.type
        return Refusal("forbidden", f"{what} may not be published on this topic")
    try:
        data = read_data(event.type, event.data, event.time)
    except InvalidData as error:
        return Refusal("invalid", str(error), _deferred(event, error))
    private = {name: getattr(data, name) for name in data.PRIVATE}
    return _reading(event.type, event.time, data.content(), private)


def _deferred(event: Envelope, error: InvalidData) -> DeferredKind | None:
    """What is still to be asked of the catalog: "invalid" names every bad field."""
    field = INPUT[event.type].KIND
    bad = {fault.field for fault in error.faults}
    if field is None or bad & {"program_id", field}:
        return None
    return DeferredKind(str(event.data["program_id"]), event.type, field, str(event.data[field]))


def _reading(
    event_type: str, time: Instant, data: dict[str, Any], private: dict[str, Any]
) -> ParsedFact | ParsedRetraction:
    model = INPUT[event_type]
    place = Place.of(data, model.PERSON)
    written = content.encode(event_type, time, data)
    if event_type == RETRACTION:
        fact_type, fact_id = data["fact_type"], data["fact_id"]
        retraction = Retraction(place, fact_type, fact_id, time)
        return ParsedRetraction(retraction, key(place, fact_type, fact_id).of_retraction, written)
    fact = Fact(place, event_type, data[model.KEY], time, data)
    note = _note(model, private) if model.NOTE is not None else None
    return ParsedFact(fact, key(place, fact.type, fact.id), written, note)


def _note(model: type[EventData], private: dict[str, Any]) -> PrivateNote | None:
    clear, sealed = private.get(model.NOTE or ""), private.get(model.SEALED_NOTE or "")
    if sealed is not None:
        return PrivateNote(sealed, is_sealed=True)
    return PrivateNote(clear, is_sealed=False) if clear is not None else None


def admit(
    reading: ParsedFact | ParsedRetraction, catalog: Catalog, latest: Instant
) -> Refusal | None:
    """Why a reading is refused under a catalog, at a time; None if it is accepted.

    `latest`: the latest time an event may carry, the engine's clock plus its tolerance.
    """
    if isinstance(reading, ParsedRetraction):
        time = reading.retraction.time
    else:
        time = reading.fact.time
        event = reading.fact.type
        field = _KINDS.get(event)
        if field is not None and reading.fact.data[field] not in catalog.kinds(event):
            return Refusal("invalid", _no_such_kind(catalog, event, field))
    if time > latest:
        return Refusal("future", f"time is after {latest}, the latest accepted now")
    return None


def completed(refusal: Refusal, catalog: Catalog) -> Refusal:
    """A refusal with what its program's catalog finds wrong too."""
    deferred = refusal.deferred
    if deferred is None or deferred.kind in catalog.kinds(deferred.event):
        return refusal
    missing = _no_such_kind(catalog, deferred.event, deferred.field)
    return Refusal(refusal.reason, f"{refusal.detail}; {missing}")


def _no_such_kind(catalog: Catalog, event: str, field: str) -> str:
    kinds = ", ".join(catalog.kinds(event)) or "none"
    return f"{field}: no such kind in the catalog; there are {kinds}"


_KINDS = {name: model.KIND for name, model in INPUT.items() if model.KIND is not None}
