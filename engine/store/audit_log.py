"""The audit log: what people decided, or looked at that is private; append-only.

Each row's hash covers the row before it, so a row changed, taken out or put in later shows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from engine.store import hash_chain
from engine.store.hash_chain import GENESIS, ChainHead, canonical
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction


class AuditBroken(Exception):
    """The log is not as it was written. `entry`: the first one that is not."""

    def __init__(self, entry: int, what: str) -> None:
        super().__init__(f"entry {entry} of the audit log {what}")
        self.entry = entry


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `at` is UTC; `details` are JSON values and never hold a private text."""

    id: int
    at: str
    action: str
    by: str
    reason: str
    details: Mapping[str, Any]

    @property
    def covered(self) -> Sequence[object]:
        """What the row's hash is computed of."""
        return [self.id, self.at, self.action, self.by, self.reason, self.details]


def note(tx: Transaction, action: str, by: str, reason: str, details: Mapping[str, Any]) -> Entry:
    """Append an entry, in the transaction of what it is about."""
    # One after the other: each hash needs the one before. (To lock the table itself takes the right
    # to change what stands in it.)
    tx.execute(f"SELECT pg_advisory_xact_lock({locks.AUDIT})")
    last = tx.one("SELECT id, hash FROM audit_log ORDER BY id DESC LIMIT 1")
    number, previous = last if last is not None else (0, GENESIS)
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    entry = Entry(number + 1, at, action, by, reason, details)
    tx.execute(
        "INSERT INTO audit_log (id, at, action, by, reason, details, hash) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        entry.id, at, action, by, reason, canonical(details).decode(),
        hash_chain.hash_after(previous, entry),
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


def head(tx: Transaction) -> ChainHead:
    """Where the log ends now. It is not verified."""
    last = tx.one("SELECT id, hash FROM audit_log ORDER BY id DESC LIMIT 1")
    return ChainHead(last[0], bytes(last[1]).hex()) if last is not None else ChainHead()


def verify(tx: Transaction) -> ChainHead:
    """Check every entry against the one before; gives where the log ends. Raises AuditBroken."""
    for _ in entries(tx):
        pass
    return head(tx)


def entries(tx: Transaction) -> Iterator[Entry]:
    """All entries in order, each checked against the one before.

    Raises:
        AuditBroken: an entry is not as it was written, or one is missing.
    """
    yield from hash_chain.verified(_stored(tx), AuditBroken)


def _stored(tx: Transaction) -> Iterator[tuple[Entry, bytes]]:
    rows = tx.stream("SELECT id, at, action, by, reason, details, hash FROM audit_log ORDER BY id")
    for number, at, action, by, reason, details, stored in rows:
        try:
            decoded = msgspec.json.decode(details)
        except msgspec.DecodeError:
            raise AuditBroken(number, "is not as it was written: its details are no JSON") from None
        yield Entry(number, at, action, by, reason, decoded), stored
