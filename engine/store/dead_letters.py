"""Refused records, kept whole: the table is the record, the topic only a signal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec

from engine.intake.refusal import Reason
from engine.store.database import Row, Transaction


@dataclass(frozen=True, slots=True)
class Refused:
    """A record as it came, with why it was refused. Key, value and headers are exact bytes."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]
    reason: Reason
    detail: str
    catalog_digest: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An entry of the table. `resolution` is None while it is open."""

    id: int
    refused: Refused
    engine_version: str
    first_seen: datetime
    attempts: int
    resolution: str | None
    note: str | None


_COLUMNS = (
    "topic", "partition", "offset", "key", "value", "headers", "reason", "detail",
    "catalog_digest", "engine_version",
)  # fmt: skip
_TYPES = (
    "text",
    "int4",
    "int8",
    "bytea",
    "bytea",
    "bytea",
    "text",
    "text",
    "text",
    "text",
)
_SELECT = (
    'SELECT topic, partition, "offset", key, value, headers, reason, detail, catalog_digest, '
    "id, engine_version, first_seen, attempts, resolution, resolution_note FROM dead_letters "
)


def keep(tx: Transaction, refused: Iterable[Refused], engine_version: str) -> None:
    """Keep refused records."""
    rows = [
        (r.topic, r.partition, r.offset, r.key, r.value, msgspec.msgpack.encode(r.headers),
         r.reason, r.detail, r.catalog_digest, engine_version)
        for r in refused
    ]  # fmt: skip
    if rows:
        tx.copy("dead_letters", _COLUMNS, _TYPES, rows)


def counts(tx: Transaction, *, open_only: bool = True) -> dict[Reason, int]:
    """How many there are of each reason."""
    where = "WHERE resolution IS NULL " if open_only else ""
    rows = tx.rows(f"SELECT reason, count(*) FROM dead_letters {where}GROUP BY reason")
    return {row[0]: row[1] for row in rows}


def matching(
    tx: Transaction, reason: str | None = None, *, open_only: bool = True
) -> Iterator[DeadLetter]:
    """Entries in the order they came, of all reasons or of one."""
    rows = tx.stream(
        _SELECT + "WHERE (%s::text IS NULL OR reason = %s) AND (resolution IS NULL OR NOT %s) "
        "ORDER BY id",
        reason, reason, open_only,
    )  # fmt: skip
    return (_entry(row) for row in rows)


def get(tx: Transaction, number: int, *, lock: bool = False) -> DeadLetter | None:
    """One entry, locked if it is to be changed."""
    row = tx.one(_SELECT + "WHERE id = %s" + (" FOR UPDATE" if lock else ""), number)
    return _entry(row) if row else None


def resolve(tx: Transaction, number: int, resolution: str, note: str | None = None) -> None:
    """Close an entry: redriven or discarded."""
    tx.execute(
        "UPDATE dead_letters SET resolution = %s, resolution_note = %s, resolved_at = now() "
        "WHERE id = %s",
        resolution, note, number,
    )  # fmt: skip


def refused_again(tx: Transaction, number: int, reason: Reason, detail: str) -> None:
    """Count another attempt, with why it failed."""
    tx.execute(
        "UPDATE dead_letters SET attempts = attempts + 1, reason = %s, detail = %s WHERE id = %s",
        reason, detail, number,
    )  # fmt: skip


def _entry(row: Row) -> DeadLetter:
    (
        topic,
        partition,
        offset,
        key,
        value,
        headers,
        reason,
        detail,
        digest,
        number,
        *rest,
    ) = row
    kept = msgspec.msgpack.decode(headers, type=tuple[tuple[str, bytes | None], ...])
    refused = Refused(topic, partition, offset, key, value, kept, reason, detail, digest)
    return DeadLetter(number, refused, *rest)
