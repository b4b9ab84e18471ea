"""The outbox: the messages of a commit, a row per topic, until the relay has published them.

The bytes are fixed at the commit, so a relay that crashes may repeat a message, byte for byte, but
can never say something else. A row's id is drawn last in its transaction, after every lock on
places and people: order by id is then order per recipient. Topics are kept apart, so that one that
cannot be written holds up itself alone.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import msgspec

from engine.store.postgres.connection import Transaction

Topic = Literal["awards", "dead-letters"]
"""Names of ours; the settings say what Kafka calls them."""
TOPICS: tuple[Topic, ...] = get_args(Topic)


class OutboxMessage(NamedTuple):
    """A record to publish."""

    topic: Topic
    key: bytes | None
    value: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row: what one commit has to say on one topic, in order."""

    id: int
    messages: tuple[OutboxMessage, ...]


class Waiting(NamedTuple):
    """What waits for a topic. `oldest_seconds`: for how long the first of it has; 0 if nothing."""

    messages: int = 0
    oldest_seconds: float = 0.0


_Body = list[tuple[bytes | None, bytes]]  # key and value
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Body).decode


def channel(topic: Topic) -> str:
    """What to LISTEN to for new rows of a topic, as an identifier."""
    return f'"badge_engine_outbox_{topic}"'


def put(tx: Transaction, messages: Iterable[OutboxMessage]) -> None:
    """Leave messages for the relay and, at commit, wake it."""
    by_topic: dict[Topic, list[OutboxMessage]] = {}
    for message in messages:
        by_topic.setdefault(message.topic, []).append(message)
    for topic, batch in by_topic.items():
        tx.execute(
            "INSERT INTO outbox (topic, messages, body) VALUES (%s, %s, %s)",
            topic, len(batch), _body(batch),
        )  # fmt: skip
        tx.execute(f"NOTIFY {channel(topic)}")


def require_writable(tx: Transaction) -> None:
    """Raises psycopg.errors.ReadOnlySqlTransaction where nothing may be deleted: what is published
    there would be published again and again."""
    tx.execute("DELETE FROM outbox WHERE false")


def oldest(tx: Transaction, topic: Topic, bytes_at_most: int) -> list[Parcel]:
    """The oldest rows of a topic up to a size (compressed), at least one if there is any."""
    rows = tx.rows(
        "SELECT id, body FROM (SELECT id, body, sum(length(body)) OVER (ORDER BY id) - length(body)"
        " AS before FROM (SELECT id, body FROM outbox WHERE topic = %s ORDER BY id LIMIT 200) "
        "AS first) AS sized WHERE before < %s ORDER BY id",
        topic, bytes_at_most,
    )  # fmt: skip
    return [Parcel(number, _messages(topic, body)) for number, body in rows]


def delete(tx: Transaction, topic: Topic, ids: Iterable[int]) -> None:
    """Drop rows whose messages are all acknowledged by Kafka."""
    tx.execute("DELETE FROM outbox WHERE topic = %s AND id = ANY (%b::bigint[])", topic, list(ids))


def shorten(tx: Transaction, topic: Topic, number: int, left: Sequence[OutboxMessage]) -> None:
    """Drop from a row what Kafka has acknowledged of it; `left` is the rest, at least one."""
    tx.execute(
        "UPDATE outbox SET messages = %s, body = %s WHERE topic = %s AND id = %s",
        len(left), _body(left), topic, number,
    )  # fmt: skip


def waiting(tx: Transaction) -> dict[Topic, Waiting]:
    """What waits for each topic."""
    rows = tx.rows(
        "SELECT topic, sum(messages)::bigint, "
        "extract(epoch FROM clock_timestamp() - min(put_at))::float8 FROM outbox GROUP BY topic"
    )
    return dict.fromkeys(TOPICS, Waiting()) | {row[0]: Waiting(*row[1:]) for row in rows}


def oldest_seconds(tx: Transaction, topic: Topic) -> float:
    """For how long the first message of a topic has waited; 0 if none waits."""
    row = tx.one(
        "SELECT extract(epoch FROM clock_timestamp() - put_at)::float8 FROM outbox "
        "WHERE topic = %s ORDER BY id LIMIT 1",
        topic,
    )
    return float(row[0]) if row is not None else 0.0


def _body(messages: Iterable[OutboxMessage]) -> bytes:
    return zlib.compress(_encode([(key, value) for _, key, value in messages]), 1)


def _messages(topic: Topic, body: bytes) -> tuple[OutboxMessage, ...]:
    return tuple(OutboxMessage(topic, key, value) for key, value in _decode(zlib.decompress(body)))
