"""The table notify.deliveries, as those who send see it: what is due, whose it is, how it went.

A delivery that is being sent has a lease. Until it ends nobody else touches it; after that who had
it is gone, and what was sent, if anything, is not known.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction

LEASE = timedelta(minutes=2)
"""Longer than a message may take."""

_LOOKED_AT = 50

Kind = Literal["award", "invitation", "test", "reminder", "case"]


class Addressee(NamedTuple):
    """Somebody in a program."""

    program: str
    participant: str


class DueDelivery(NamedTuple):
    """A delivery that is due and ours until the transaction ends. `bundle`, `message_id`: of one
    that may have been sent already."""

    subject: str
    kind: Kind
    attempts: int
    bundle: str | None
    message_id: str | None


_DUE = (
    "channel = 'email' AND state IN ('waiting', 'claimed', 'sending') AND due_at <= %s "
    "AND (lease IS NULL OR lease < clock_timestamp())"
)


def is_any_due(tx: Transaction, now: datetime) -> bool:
    """Whether there is anything to send."""
    return tx.one(f"SELECT FROM notify.deliveries WHERE {_DUE} LIMIT 1", now) is not None


def lock(tx: Transaction, now: datetime) -> tuple[Addressee, list[DueDelivery]] | None:
    """Everything due of one kind of the person who waits longest and with whom no other process is
    busy; what may have been sent already comes alone, as the bundle that it was. None if there is
    nothing. Locked until the transaction ends."""
    candidates = tx.rows(
        "SELECT program, participant, kind, bundle::text FROM notify.deliveries "
        f"WHERE {_DUE} ORDER BY due_at LIMIT {_LOOKED_AT}",
        now,
    )
    for program, participant, kind, bundle in dict.fromkeys(candidates):
        # Who holds this decides for the person: two processes would make two e-mails of one.
        row = tx.one(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s || E'\\x1f' || %s, %s))",
            program, participant, locks.RECIPIENT,
        )  # fmt: skip
        if row is None or not row[0]:
            continue
        rows = tx.rows(
            "SELECT subject::text, kind, attempts, bundle::text, message_id "
            f"FROM notify.deliveries WHERE {_DUE} AND (program, participant, kind) = (%s, %s, %s) "
            "AND bundle IS NOT DISTINCT FROM %s::uuid ORDER BY subject FOR UPDATE SKIP LOCKED",
            now, program, participant, kind, bundle,
        )  # fmt: skip
        if rows:
            return Addressee(program, participant), [DueDelivery(*row) for row in rows]
    return None


def drop(tx: Transaction, why: str, subjects: Collection[str], now: datetime) -> None:
    """These are never sent."""
    tx.execute(
        "UPDATE notify.deliveries SET state = 'dropped', error = %s, settled_at = %s, "
        "bundle = NULL, lease = NULL WHERE channel = 'email' AND subject = ANY(%s::uuid[])",
        why, now, sorted(subjects),
    )  # fmt: skip


def postpone(tx: Transaction, until: datetime, subjects: Collection[str]) -> None:
    """These are due later; those that may have been sent stay the bundle that they were."""
    tx.execute(
        "UPDATE notify.deliveries SET due_at = %s, lease = NULL "
        "WHERE channel = 'email' AND subject = ANY(%s::uuid[])",
        until, sorted(subjects),
    )  # fmt: skip


def begin(tx: Transaction, subjects: Sequence[str], bundle: str, message_id: str) -> None:
    """These are sent now, as one message of this id. Committed before its first byte leaves."""
    tx.execute(
        "UPDATE notify.deliveries SET state = 'sending', bundle = %s, message_id = %s, "
        "lease = clock_timestamp() + %s, attempts = attempts + 1, error = NULL "
        "WHERE channel = 'email' AND subject = ANY(%s::uuid[])",
        bundle, message_id, LEASE, sorted(subjects),
    )  # fmt: skip


def sent(tx: Transaction, bundle: str, now: datetime) -> list[str]:
    """A mail server has a message; gives the subjects that it was about."""
    rows = tx.rows(
        "UPDATE notify.deliveries SET state = 'sent', settled_at = %s, lease = NULL, error = NULL "
        "WHERE channel = 'email' AND bundle = %s AND state = 'sending' RETURNING subject::text",
        now, bundle,
    )  # fmt: skip
    return [subject for (subject,) in rows]


def retry(tx: Transaction, bundle: str, due_at: datetime, error: str, *, in_doubt: bool) -> None:
    """A message did not go. What a server may have stays this message; otherwise its parts are free
    to go with others."""
    tx.execute(
        "UPDATE notify.deliveries SET due_at = %s, error = %s, lease = NULL, "
        "state = CASE WHEN %s THEN 'sending' ELSE 'waiting' END, "
        "bundle = CASE WHEN %s THEN bundle END, message_id = CASE WHEN %s THEN message_id END "
        "WHERE channel = 'email' AND bundle = %s AND state = 'sending'",
        due_at, error, in_doubt, in_doubt, in_doubt, bundle,
    )  # fmt: skip


def fail(tx: Transaction, bundle: str, error: str, now: datetime) -> None:
    """A message is given up."""
    tx.execute(
        "UPDATE notify.deliveries SET state = 'failed', settled_at = %s, error = %s, lease = NULL "
        "WHERE channel = 'email' AND bundle = %s AND state = 'sending'",
        now, error, bundle,
    )  # fmt: skip
