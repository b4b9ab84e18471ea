"""An activity event made ready to be sent: checked by the model the engine reads it with.

What passes here is refused by the engine only for what it alone can know: its clock, its catalog,
its ledger.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

from events.envelope import MAX_BYTES, NotACloudEvent, read, structured
from events.instants import Instant, from_datetime
from events.schemas.registry import InvalidData, read_data


class OutgoingRecord(NamedTuple):
    """A Kafka record to be: the id of its event, the key that keeps a place in order, the bytes."""

    event_id: str
    key: bytes
    value: bytes


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
    model = read_data(type, data)
    try:
        moment = from_datetime(datetime.now(UTC) if time is None else time)
    except (ValueError, OverflowError) as error:
        raise InvalidData(f"time: {error}") from None
    name = str(uuid4()) if event_id is None else event_id
    event = _Event(name, source, type, moment, model.body())
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
    _place, key = model.place
    return OutgoingRecord(event.id, key.encode(), value)
