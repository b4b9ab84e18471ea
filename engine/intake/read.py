"""Bytes to a fact, a retraction or a refusal. Pure: no clock, no catalog, no I/O.

What needs those is `admit`, asked afterwards, so that the reasons keep their precedence.
"""

from collections.abc import Set
from dataclasses import dataclass

from engine.catalog.model import Catalog
from engine.fact import Fact, Place, Retraction
from engine.intake import content
from engine.intake.identity import Key, key
from engine.intake.refusal import Refusal
from events.envelope import Headers, NotACloudEvent
from events.envelope import read as read_envelope
from events.instants import Instant
from events.schemas.fact_retracted import FactRetracted
from events.schemas.kudos_given import KudosGiven
from events.schemas.registry import INPUT, OUTPUT, InvalidData, read_data

LARGEST_VALUE = 65_536  # bytes

ALLOWED: frozenset[str] = frozenset(INPUT)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as a record told it. `content` is what the ledger keeps; `message` is private."""

    fact: Fact
    key: Key
    content: str
    message: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A retraction as a record told it. `key` is the retraction's own."""

    retraction: Retraction
    key: Key
    content: str


def read(
    value: bytes | None, headers: Headers = (), allowed: Set[str] = ALLOWED
) -> Told | Withdrawn | Refusal:
    """Read one record. `allowed`: the types that may stand on the topic it came from."""
    if value is not None and len(value) > LARGEST_VALUE:
        return Refusal(
            "oversize",
            f"value has {len(value)} bytes; at most {LARGEST_VALUE} are read",
        )
    try:
        event = read_envelope(value, headers)
    except NotACloudEvent as error:
        return Refusal("malformed", str(error))
    if event.type not in allowed:
        if event.type in INPUT or event.type in OUTPUT:
            return Refusal("forbidden", f"{event.type} may not be published on this topic")
        return Refusal("unknown_type", "no event type or version of this name is known")
    try:
        data = read_data(event.type, event.data)
    except InvalidData as error:
        return Refusal("invalid", str(error))
    kind, name = data.place
    program = data.program_id
    place = Place(program, name, None) if kind == "loop" else Place(program, None, name)
    kept = data.content()
    written = content.encode(event.type, event.time, kept)
    if isinstance(data, FactRetracted):
        retraction = Retraction(place, data.fact_type, data.fact_id, event.time)
        told = key(place, data.fact_type, data.fact_id)
        return Withdrawn(retraction, told.of_retraction, written)
    fact = Fact(place, event.type, data.natural_key, event.time, kept)
    message = data.message if isinstance(data, KudosGiven) else None
    return Told(fact, key(place, fact.type, fact.id), written, message)


def admit(reading: Told | Withdrawn, catalog: Catalog, latest: Instant) -> Refusal | None:
    """Why a reading may not be taken in under a catalog, at a time; None if it may.

    `latest`: the latest time an event may carry, the engine's clock plus its tolerance.
    """
    if isinstance(reading, Withdrawn):
        time = reading.retraction.time
    else:
        time = reading.fact.time
        is_kudos = reading.fact.type == KudosGiven.TYPE
        if is_kudos and reading.fact.data["kind"] not in catalog.repeatable:
            kinds = ", ".join(catalog.repeatable)
            return Refusal("invalid", f"kind: no such kudos in the catalog; there are {kinds}")
    if time > latest:
        return Refusal("future", f"time is after {latest}, the latest accepted now")
    return None
