"""An event made ready to be sent: checked by the model it will be read with.

What passes here is refused by the engine only for what it alone can know: its clock, its catalog,
its ledger.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal, NamedTuple
from uuid import uuid4

from events.envelope import MAX_BYTES, NotACloudEvent, read, structured
from events.instants import Instant, from_datetime
from events.schemas.registry import InvalidData, read_data, read_description, topic_kind_of

Destination = Literal["activity", "governance", "directory"]
"""The topics that services write; which of the first two, the type of an event decides."""


class OutgoingRecord(NamedTuple):
    """A Kafka record to be: the id of its event, the key that keeps a place in order, the bytes,
    where it goes."""

    event_id: str
    key: bytes
    value: bytes
    destination: Destination


class _Event(NamedTuple):
    id: str
    source: str
    type: str
    time: Instant
    data: Mapping[str, object]


def compose(
    type: str,
    data: Mapping[str, object],
    *,
    source: str,
    time: datetime | None = None,
    event_id: str | None = None,
) -> OutgoingRecord:
    """The message of one event; fields of `data` that are None are absent. Without `time` it
    happened now, without `event_id` a new one is drawn.

    Raises InvalidData, naming every bad field, for what the engine would refuse.
    """
    moment = _moment(time)
    model = read_data(type, data, moment)
    _place, key = model.place
    destination = topic_kind_of(type, data)
    return _compose(type, model.body(), key.encode(), destination, source, moment, event_id)


def compose_description(
    type: str,
    data: Mapping[str, object],
    *,
    source: str,
    time: datetime | None = None,
    event_id: str | None = None,
) -> OutgoingRecord:
    """The message of one description, for mentoring.directory; otherwise as `compose`."""
    model = read_description(type, data)
    moment = _moment(time)
    return _compose(type, model.body(), model.key, "directory", source, moment, event_id)


def key_of_description(value: bytes) -> bytes:
    """The Kafka key of a description that is rendered already. Raises InvalidData for what would
    be refused."""
    if len(value) > MAX_BYTES:
        raise InvalidData(f"the event has {len(value)} bytes, at most {MAX_BYTES} are read")
    try:
        event = read(value)
    except NotACloudEvent as error:
        raise InvalidData(str(error)) from None
    try:
        return read_description(event.type, event.data).key
    except KeyError:
        raise InvalidData("type must be one that describes something") from None


def _moment(time: datetime | None) -> Instant:
    try:
        return from_datetime(datetime.now(UTC) if time is None else time)
    except (ValueError, OverflowError) as error:
        raise InvalidData(f"time: {error}") from None


def _compose(
    type: str,
    body: Mapping[str, object],
    key: bytes,
    destination: Destination,
    source: str,
    time: Instant,
    event_id: str | None,
) -> OutgoingRecord:
    name = str(uuid4()) if event_id is None else event_id
    event = _Event(name, source, type, time, body)
    value = structured(event)
    try:
        read(value)
    except NotACloudEvent as error:
        raise InvalidData(str(error)) from None
    if len(value) > MAX_BYTES:
        raise InvalidData(
            f"the event has {len(value)} bytes, the engine reads at most {MAX_BYTES}; "
            "name fewer people or shorten the text"
        )
    return OutgoingRecord(event.id, key, value, destination)
