"""CloudEvents 1.0 in and out, as Kafka carries them: structured JSON, and binary on the way in.

Optional attributes and extensions are tolerated and ignored. What `data` may hold is not judged
here, only that it is an object.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from events.instants import Instant, parse_instant
from events.schemas.values import CONTROL_CHARACTERS
from events.strict_json import MalformedJSON, parse

CONTENT_TYPE: tuple[str, bytes] = (
    "content-type",
    b"application/cloudevents+json; charset=UTF-8",
)
"""The Kafka header of a structured CloudEvent."""

MAX_BYTES = 65_536
"""The largest value the engine reads."""

Headers = Sequence[tuple[str, bytes | None]]

_PREFIX = "ce_"
_ATTRIBUTES = ("specversion", "id", "source", "type", "time")
_BINARY_MARK = "ce_specversion"
_NAME = re.compile(rf"[^{CONTROL_CHARACTERS}]{{1,128}}")
_TEXT = re.compile(rf"[^{CONTROL_CHARACTERS}]+")


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event: its source, its type, when it happened, and its data as parsed JSON."""

    id: str
    source: str
    type: str
    time: Instant
    data: dict[str, object]


class Renderable(Protocol):
    """What can be put on the wire as an event: an Envelope, or anything with its fields."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def time(self) -> Instant: ...
    @property
    def data(self) -> Mapping[str, object]: ...


class NotACloudEvent(ValueError):
    """A record that is no CloudEvent; the message names every fault outside data and quotes no
    value."""


def read(value: bytes | None, headers: Headers = ()) -> Envelope:
    """The event in a Kafka record: binary if the header ce_specversion is present, else
    structured. Of repeated headers the last wins. Raises NotACloudEvent."""
    faults: list[str] = []
    binary = is_binary(headers)
    attributes = _binary(value, headers, faults) if binary else _structured(value)
    if attributes.get("specversion") != "1.0":
        faults.append('specversion must be "1.0"')
    event_id = _text(attributes, "id", _NAME, faults)
    source = _text(attributes, "source", _TEXT, faults)
    type_ = _text(attributes, "type", _TEXT, faults)
    time = _time(attributes, faults)
    data = attributes.get("data")
    if not isinstance(data, dict):
        faults.append("data is required" if data is None else "data must be an object")
    if attributes.get("data_base64") is not None:
        faults.append("data_base64 is not accepted")
    if faults or not isinstance(data, dict):
        raise NotACloudEvent("; ".join(faults))
    return Envelope(event_id, source, type_, time, data)


def is_binary(headers: Headers) -> bool:
    """Whether a record is in binary mode: the header ce_specversion is present."""
    return any(name == _BINARY_MARK for name, _ in headers)


def structured(event: Renderable) -> bytes:
    """The event as structured JSON, to be sent with the header CONTENT_TYPE: equal events, equal
    bytes. Keys of data keep their order. Raises ValueError for what JSON cannot say."""
    rendered = {
        "specversion": "1.0",
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "time": event.time,
        "datacontenttype": "application/json",
        "data": event.data,
    }
    return _encode(rendered).encode()


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _structured(value: bytes | None) -> dict[str, object]:
    if value is None:
        raise NotACloudEvent("the record has no value")
    try:
        root = parse(value)
    except MalformedJSON as error:
        raise NotACloudEvent(f"the value is not JSON: {error}") from None
    if not isinstance(root, dict):
        raise NotACloudEvent("the value is not a JSON object")
    return root


def _binary(value: bytes | None, headers: Headers, faults: list[str]) -> dict[str, object]:
    raw = {name[len(_PREFIX) :]: text for name, text in headers if name.startswith(_PREFIX)}
    attributes: dict[str, object] = {}
    for name, text in raw.items():
        try:
            attributes[name] = None if text is None else text.decode("utf-8")
        except UnicodeDecodeError:
            # Extensions too: no part of an event may hold what is not text.
            # Their names are anybody's to make up, so only those we know are repeated.
            known = name if name in _ATTRIBUTES else "…"
            faults.append(f"the header {_PREFIX}{known} is not UTF-8")
    try:
        attributes["data"] = None if value is None else parse(value)
    except MalformedJSON as error:
        attributes["data"] = {}
        faults.append(f"data is not JSON: {error}")
    return attributes


def _text(
    attributes: Mapping[str, object], name: str, pattern: re.Pattern[str], faults: list[str]
) -> str:
    value = attributes.get(name)
    if isinstance(value, str) and pattern.fullmatch(value):
        return value
    rule = "of 1 to 128 characters" if pattern is _NAME else "that is not empty"
    faults.append(
        f"{name} is required"
        if value is None
        else f"{name} must be a string {rule}, without control characters"
    )
    return ""


def _time(attributes: Mapping[str, object], faults: list[str]) -> Instant:
    value = attributes.get("time")
    if isinstance(value, str):
        try:
            return parse_instant(value)
        except ValueError as error:
            faults.append(f"time {error}")
    else:
        faults.append("time is required" if value is None else "time must be a string")
    return Instant("")
