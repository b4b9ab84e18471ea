"""Refused records, kept as they came (oversize ones cut): the table is the record, the topic only a
signal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from engine.intake.oversize import CutValue
from engine.intake.refusal import Reason
from engine.store.dead_letters import private
from engine.store.postgres.connection import Row, Transaction


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record as it came, with why it was refused. Key, value and headers are exact bytes.

    `cut`: what the value was, where only its beginning is kept.
    """

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]
    reason: Reason
    detail: str
    catalog_digest: str
    cut: CutValue | None = None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An entry of the table. `resolution` is None while it is open."""

    id: int
    refused: RefusedRecord
    engine_version: str
    first_seen: datetime
    attempts: int
    resolution: str | None
    note: str | None


_COLUMNS = (
    "topic", "partition", "offset", "key", "value", "headers", "reason", "detail",
    "catalog_digest", "engine_version", "value_size", "value_sha256",
)  # fmt: skip
_TYPES = ("text", "int4", "int8", *["bytea"] * 3, *["text"] * 4, "int8", "bytea")
_SELECT = (
    'SELECT topic, partition, "offset", key, value, headers, reason, detail, catalog_digest, '
    "value_size, value_sha256, id, engine_version, first_seen, attempts, resolution, "
    "resolution_note FROM dead_letters "
)


def keep(tx: Transaction, refused: Iterable[RefusedRecord], engine_version: str) -> None:
    """Keep refused records."""
    rows = [
        (r.topic, r.partition, r.offset, r.key, r.value, msgspec.msgpack.encode(r.headers),
         r.reason, r.detail, r.catalog_digest, engine_version, *(r.cut or (None, None)))
        for r in refused
    ]  # fmt: skip
    if rows:
        tx.copy("dead_letters", _COLUMNS, _TYPES, rows)


def counts(tx: Transaction, *, open_only: bool = True) -> dict[Reason, int]:
    """How many there are of each reason."""
    where = "WHERE resolution IS NULL " if open_only else ""
    rows = tx.rows(f"SELECT reason, count(*) FROM dead_letters {where}GROUP BY reason")
    return {row[0]: row[1] for row in rows}


def get(tx: Transaction, number: int, *, lock: bool = False) -> DeadLetter | None:
    """One entry, locked if it is to be changed."""
    row = tx.one(_SELECT + "WHERE id = %s" + (" FOR UPDATE" if lock else ""), number)
    return _entry(row) if row else None


def known(tx: Transaction, numbers: Iterable[int]) -> set[int]:
    """Which of these are entries."""
    rows = tx.rows("SELECT id FROM dead_letters WHERE id = ANY (%b::bigint[])", list(numbers))
    return {row[0] for row in rows}


def redriven(tx: Transaction, number: int) -> None:
    """Close an entry that was accepted; a private note in clear is cut out of its bytes."""
    tx.execute(
        "UPDATE dead_letters SET resolution = 'redriven', resolved_at = now() WHERE id = %s",
        number,
    )
    private.drop_notes(tx, [number])


def refused_again(
    tx: Transaction, number: int, reason: Reason, detail: str, engine_version: str, digest: str
) -> None:
    """Count another attempt: why it failed, with which engine and under which catalog."""
    tx.execute(
        "UPDATE dead_letters SET attempts = attempts + 1, reason = %s, detail = %s, "
        "engine_version = %s, catalog_digest = %s WHERE id = %s",
        reason, detail, engine_version, digest, number,
    )  # fmt: skip


def discard(
    tx: Transaction, note: str, numbers: Iterable[int] = (), reason: Reason | None = None
) -> list[int]:
    """Close open entries, by id or all of a reason, without taking them in; gives their ids.

    Their bytes are kept, but for private notes in clear. Locked in one order, so that two of these
    cannot block each other.
    """
    rows = tx.rows(
        "UPDATE dead_letters SET resolution = 'discarded', resolution_note = %s, "
        "resolved_at = now() WHERE id IN (SELECT id FROM dead_letters WHERE resolution IS NULL "
        "AND (id = ANY (%b::bigint[]) OR reason = %s) ORDER BY id FOR UPDATE) RETURNING id",
        note, list(numbers), reason,
    )  # fmt: skip
    closed = sorted(row[0] for row in rows)
    private.drop_notes(tx, closed)
    return closed


def expire(tx: Transaction, older_than: timedelta) -> dict[Reason, int]:
    """Delete entries that were resolved before so long; gives how many of each reason. Of open ones
    only private notes in clear expire: see `private.drop_old_notes`."""
    rows = tx.rows(
        "WITH gone AS (DELETE FROM dead_letters WHERE resolution IS NOT NULL "
        "AND resolved_at < now() - %s RETURNING reason) "
        "SELECT reason, count(*) FROM gone GROUP BY reason ORDER BY reason",
        older_than,
    )
    return dict(rows)


def _entry(row: Row) -> DeadLetter:
    topic, partition, offset, key, value, headers, reason, detail, digest, *more = row
    size, sha256, number, *rest = more
    cut = CutValue(size, sha256) if size is not None else None
    kept = msgspec.msgpack.decode(headers, type=tuple[tuple[str, bytes | None], ...])
    refused = RefusedRecord(topic, partition, offset, key, value, kept, reason, detail, digest, cut)
    return DeadLetter(number, refused, *rest)
