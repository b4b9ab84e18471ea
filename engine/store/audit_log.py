"""The audit log: what people decided, or looked at that is private; append-only.

Each row's hash covers the row before it, so a row changed, taken out or put in later shows.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction

_GENESIS = bytes(32)
_encode = msgspec.json.Encoder(order="sorted").encode


class AuditBroken(Exception):
    """The log is not as it was written. `entry`: the first one that is not."""

    def __init__(self, entry: int, what: str) -> None:
        super().__init__(f"entry {entry} of the audit log {what}")
        self.entry = entry


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where the log ends. `head`: hex SHA-256 of the last entry and all before it; of a log without
    entries, zeros."""

    entries: int = 0
    head: str = _GENESIS.hex()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `at` is UTC; `details` are JSON values and never hold a private text."""

    id: int
    at: str
    action: str
    by: str
    reason: str
    details: Mapping[str, Any]

    def hash_after(self, previous: bytes) -> bytes:
        """The row's hash, given that of the row before."""
        row = [self.id, self.at, self.action, self.by, self.reason, self.details]
        return hashlib.sha256(previous + _encode(row)).digest()


def note(tx: Transaction, action: str, by: str, reason: str, details: Mapping[str, Any]) -> Entry:
    """Append an entry, in the transaction of what it is about."""
    # One after the other: each hash needs the one before. (To lock the table itself takes the right
    # to change what stands in it.)
    tx.execute(f"SELECT pg_advisory_xact_lock({locks.AUDIT})")
    last = tx.one("SELECT id, hash FROM audit_log ORDER BY id DESC LIMIT 1")
    number, previous = last if last is not None else (0, _GENESIS)
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    entry = Entry(number + 1, at, action, by, reason, details)
    tx.execute(
        "INSERT INTO audit_log (id, at, action, by, reason, details, hash) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        entry.id, at, action, by, reason, _encode(details).decode(), entry.hash_after(previous),
    )  # fmt: skip
    return entry


def of_actions(tx: Transaction, actions: Iterable[str]) -> Iterator[Entry]:
    """The entries of these actions, in order. They are not verified."""
    rows = tx.stream(
        "SELECT id, at, action, by, reason, details FROM audit_log "
        "WHERE action = ANY (%s::text[]) ORDER BY id",
        list(actions),
    )
    for number, at, action, by, reason, details in rows:
        yield Entry(number, at, action, by, reason, msgspec.json.decode(details))


def page(tx: Transaction, before: int | None, limit: int) -> list[Entry]:
    """The latest so many entries, or those before a number, latest first. They are not
    verified."""
    rows = tx.rows(
        "SELECT id, at, action, by, reason, details FROM audit_log "
        "WHERE %s::int8 IS NULL OR id < %s ORDER BY id DESC LIMIT %s",
        before, before, limit,
    )  # fmt: skip
    return [
        Entry(number, at, action, by, reason, msgspec.json.decode(details))
        for number, at, action, by, reason, details in rows
    ]


def head(tx: Transaction) -> AuditHead:
    """Where the log ends now. It is not verified."""
    last = tx.one("SELECT id, hash FROM audit_log ORDER BY id DESC LIMIT 1")
    return AuditHead(last[0], bytes(last[1]).hex()) if last is not None else AuditHead()


def verify(tx: Transaction) -> AuditHead:
    """Check every entry against the one before; gives where the log ends. Raises AuditBroken."""
    for _ in entries(tx):
        pass
    return head(tx)


def entries(tx: Transaction) -> Iterator[Entry]:
    """All entries in order, each checked against the one before.

    Raises:
        AuditBroken: an entry is not as it was written, or one is missing.
    """
    previous = _GENESIS
    rows = tx.stream("SELECT id, at, action, by, reason, details, hash FROM audit_log ORDER BY id")
    for number, row in enumerate(rows, start=1):
        stored_number, at, action, by, reason, details, stored = row
        if stored_number != number:
            raise AuditBroken(number, f"is missing: entry {stored_number} follows {number - 1}")
        try:
            entry = Entry(stored_number, at, action, by, reason, msgspec.json.decode(details))
        except msgspec.DecodeError:
            raise AuditBroken(number, "is not as it was written: its details are no JSON") from None
        if entry.hash_after(previous) != stored:
            raise AuditBroken(number, "is not as it was written, or the one before it is another")
        yield entry
        previous = stored
