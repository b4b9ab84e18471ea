"""What the ledger keeps of a fact: canonical JSON of its type, time and recognised data.

Equal bytes are the same content. Private fields and the envelope's id and source are no part of
it, so a publisher's retry under a new event id is still the same fact.
"""

from typing import Any

import msgspec

from engine.fact import Fact, Place, Retraction
from events.instants import Instant
from events.schemas.registry import INPUT, RETRACTION

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def encode(event_type: str, time: Instant, data: dict[str, object]) -> str:
    """Canonical JSON. No event has a data field called `type` or `time`."""
    return _encode({**data, "type": event_type, "time": time}).decode()


def decode(content: str | bytes) -> Fact | Retraction:
    """The fact or retraction that was encoded."""
    data = _decode(content)
    event_type, time = data.pop("type"), Instant(data.pop("time"))
    model = INPUT[event_type]
    place = Place.of(data, model.PERSON)
    if event_type == RETRACTION:
        return Retraction(place, data["fact_type"], data["fact_id"], time)
    return Fact(place, event_type, data[model.KEY], time, data)
