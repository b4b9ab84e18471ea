"""The log of the committee: all that happens in cases; append-only.

Each entry's hash covers the entry before it, so one that is changed, removed or put in later shows.
Private texts are only in `sealed`: a hash covers the ciphertext, so it holds after the key is gone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from engine.store import hash_chain
from engine.store.hash_chain import GENESIS, ChainHead, canonical
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction

LogKind = Literal[
    "case.opened",
    "case.acknowledged",
    "case.withdrawn",
    "conflict.declared",
    "hearing.answered",
    "pack.frozen",
    "pack.opened",
    "member.assigned",
    "member.recused",
    "vote.signed",
    "decision.published",
    "appeal.lodged",
    "appeal.assigned",
    "appeal.settled",
    "decision.audited",
    "audit.sampled",
    "audit.judged",
    "minutes.sealed",
    "people.changed",
    "panel.drawn",
    "review.requested",
    "review.declined",
    "review.received",
    "panel.closed",
    "panel.widened",
    "draw.held",
    "draw.opened",
    "stewardship.published",
    "anchor.kept",
    "calibration.opened",
    "calibration.held",
    "reviewer.coached",
    "reward.voted",
    "reward.granted",
    "bench.confirmed",
    "pairing.confirmed",
    "fairness.published",
    "fairness.answered",
    "baselines.frozen",
    "exemplar.checked",
    "policy.proposed",
]

_COLUMNS = "id, at, program, case_id::text, kind, by, body, sealed"


class LogBroken(Exception):
    """The log is not as it was written. `entry`: the first one that is not."""

    def __init__(self, entry: int, what: str) -> None:
        super().__init__(f"entry {entry} of the committee's log {what}")
        self.entry = entry


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry. `at` is UTC; `body` is canonical JSON and never holds a private text."""

    id: int
    at: str
    program: str
    case_id: str | None
    kind: str
    by: str
    body: str
    sealed: bytes | None

    @property
    def details(self) -> Mapping[str, Any]:
        """The body's values."""
        decoded: Mapping[str, Any] = msgspec.json.decode(self.body)
        return decoded

    @property
    def covered(self) -> Sequence[object]:
        """What the entry's hash is computed of: the body as it is written, letter by letter."""
        sealed = None if self.sealed is None else self.sealed.hex()
        return [
            self.id, self.at, self.program, self.case_id, self.kind, self.by, self.body, sealed
        ]  # fmt: skip


def note(
    tx: Transaction,
    program: str,
    case_id: str | None,
    kind: LogKind,
    by: str,
    body: Mapping[str, Any],
    now: datetime,
    sealed: bytes | None = None,
) -> LogEntry:
    """Append an entry, in the transaction of what it is about. Entries of other transactions wait
    until that one ends. `sealed`: what a `CaseKey` sealed."""
    lock(tx)
    last = tx.one("SELECT id, hash FROM governance.log ORDER BY id DESC LIMIT 1")
    number, previous = last if last is not None else (0, GENESIS)
    at = now.astimezone(UTC).isoformat(timespec="microseconds")
    text = canonical(body).decode()
    entry = LogEntry(number + 1, at, program, case_id, kind, by, text, sealed)
    tx.execute(
        "INSERT INTO governance.log (id, at, program, case_id, kind, by, body, sealed, hash) "
        "VALUES (%s, %s, %s, %s::text::uuid, %s, %s, %s, %s, %s)",
        entry.id, at, program, case_id, kind, by, text, sealed,
        hash_chain.hash_after(previous, entry),
    )  # fmt: skip
    return entry


def lock(tx: Transaction) -> None:
    """Let nobody else append until the transaction ends."""
    tx.execute(f"SELECT pg_advisory_xact_lock({locks.GOVERNANCE_LOG})")


def of_case(tx: Transaction, case_id: str) -> list[LogEntry]:
    """The entries of a case, in order. They are not verified."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.log WHERE case_id = %s::text::uuid ORDER BY id",
        case_id,
    )
    return [LogEntry(*row) for row in rows]


def of_program(tx: Transaction, program: str) -> list[LogEntry]:
    """The entries of a program, in order. They are not verified."""
    rows = tx.rows(f"SELECT {_COLUMNS} FROM governance.log WHERE program = %s ORDER BY id", program)
    return [LogEntry(*row) for row in rows]


def by_person(tx: Transaction, program: str, participant: str) -> list[LogEntry]:
    """The entries of what somebody did in a program, in order. They are not verified."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.log WHERE program = %s AND by = %s ORDER BY id",
        program, participant,
    )  # fmt: skip
    return [LogEntry(*row) for row in rows]


def head(tx: Transaction) -> ChainHead:
    """Where the log ends now. It is not verified."""
    last = tx.one("SELECT id, hash FROM governance.log ORDER BY id DESC LIMIT 1")
    return ChainHead(last[0], bytes(last[1]).hex()) if last is not None else ChainHead()


def head_before(tx: Transaction, number: int) -> str:
    """Where the log ended before an entry was appended. It is not verified."""
    row = tx.one("SELECT hash FROM governance.log WHERE id = %s", number - 1)
    return bytes(row[0]).hex() if row is not None else ChainHead().head


def verify(tx: Transaction) -> ChainHead:
    """Check every entry against the one before; gives where the log ends. Raises LogBroken."""
    for _ in entries(tx):
        pass
    return head(tx)


def entries(tx: Transaction) -> Iterator[LogEntry]:
    """All entries of all programs in order, each checked against the one before.

    Raises:
        LogBroken: an entry is not as it was written, or one is missing.
    """
    rows = tx.stream(f"SELECT {_COLUMNS}, hash FROM governance.log ORDER BY id")
    yield from hash_chain.verified(((LogEntry(*row[:-1]), row[-1]) for row in rows), LogBroken)
