"""The outbox: what a commit has to say to Kafka, in one row, until the relay has said it.

The bytes are fixed at the commit, so a relay that crashes may repeat a message, byte for byte, but
can never say something else. A row's id is drawn last in its transaction, after every lock on
places and people: order by id is then order per recipient.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from engine.store.database import Transaction

CHANNEL = "badge_engine_outbox"


class Message(NamedTuple):
    """A record to publish. `topic` is a name of ours: "awards" or "dead-letters"."""

    topic: str
    key: bytes | None
    value: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row: the messages of one commit, in order."""

    id: int
    messages: tuple[Message, ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[Message, ...]).decode


def put(tx: Transaction, messages: Iterable[Message]) -> None:
    """Leave messages for the relay and, at commit, wake it."""
    batch = tuple(messages)
    if batch:
        body = zlib.compress(_encode(batch), 1)
        tx.execute("INSERT INTO outbox (messages, body) VALUES (%s, %s)", len(batch), body)
        tx.execute(f"NOTIFY {CHANNEL}")


def oldest(tx: Transaction, bytes_at_most: int) -> list[Parcel]:
    """The oldest rows up to a size (compressed), at least one if there is any."""
    rows = tx.rows(
        "SELECT id, body FROM (SELECT id, body, sum(length(body)) OVER (ORDER BY id) - length(body)"
        " AS before FROM (SELECT id, body FROM outbox ORDER BY id LIMIT 200) AS first) AS sized "
        "WHERE before < %s ORDER BY id",
        bytes_at_most,
    )
    return [Parcel(number, _decode(zlib.decompress(body))) for number, body in rows]


def delete(tx: Transaction, ids: Iterable[int]) -> None:
    """Drop rows whose messages are all acknowledged by Kafka."""
    tx.execute("DELETE FROM outbox WHERE id = ANY (%b::bigint[])", list(ids))


def waiting(tx: Transaction) -> int:
    """How many messages wait."""
    row = tx.one("SELECT coalesce(sum(messages), 0)::bigint FROM outbox")
    return int(row[0]) if row else 0
