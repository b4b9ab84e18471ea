"""The audit log: what people decided, or looked at that is private; append-only.

Each row's hash covers the row before it, so a row changed, taken out or put in later shows.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction

_GENESIS = bytes(32)
_encode = msgspec.json.Encoder(order="sorted").encode


class AuditBroken(Exception):
    """The log is not as it was written."""


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


def entries(tx: Transaction) -> Iterator[Entry]:
    """All entries in order, each checked against the one before.

    Raises:
        AuditBroken: an entry is not as it was written, or one is missing.
    """
    previous = _GENESIS
    rows = tx.stream("SELECT id, at, action, by, reason, details, hash FROM audit_log ORDER BY id")
    for number, row in enumerate(rows, start=1):
        *_, details, stored = row
        entry = Entry(row[0], row[1], row[2], row[3], row[4], msgspec.json.decode(details))
        if entry.id != number or entry.hash_after(previous) != stored:
            raise AuditBroken(
                f"the audit log is not as it was written: look at entry {entry.id}, and at what "
                "should stand before it"
            )
        yield entry
        previous = stored
