"""The table web.gifts: kudos from when they are given here until Kafka has them, and a while after.

`due` says when something is next to be done about a gift. A gift is `claimed`, for ever, before its
fact is first handed to Kafka: from then on Kafka may have it, and it can only be withdrawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, Literal, NamedTuple

from engine.store.postgres.connection import Row, Transaction

GiftState = Literal["held", "sent", "refused", "cancelled", "withdrawing", "withdrawn"]

CANCELLED_KEPT = timedelta(hours=24)
SETTLED_KEPT = timedelta(days=30)
_UNSETTLED = ("held", "withdrawing")
_JOIN = "\x1f"


class SentAt(NamedTuple):
    """Where the fact lies in Kafka. `offset`: -1 where the broker did not say."""

    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class Gift:
    """Kudos that somebody gives. `at`, to the millisecond: the time of the fact. `sealed`: the
    note, until Kafka has it. `withdrawn_at`: the time of the retraction, if there is to be one."""

    kudos_id: str
    award_id: str
    program: str
    loop: str
    giver: str
    recipient: str
    kind: str
    at: datetime
    send_after: datetime
    sealed: str | None = field(default=None, repr=False)
    state: GiftState = "held"
    claimed: bool = False
    sent: SentAt | None = None
    withdrawn_at: datetime | None = None


class GivenBefore(NamedTuple):
    """When somebody gave something, and whether it was of one kind to one person."""

    at: datetime
    same: bool


_COLUMNS = (
    "kudos_id::text, award_id::text, program, loop, giver, recipient, kind, at, send_after, "
    "sealed, state, claimed, sent_partition, sent_offset, withdrawn_at"
)


def lock(tx: Transaction, program: str, giver: str, key_hash: bytes) -> bool:
    """Work alone on a key, and after others who work on gifts of this giver; False if somebody
    works on the key. Until the transaction ends."""
    row = tx.one(
        "SELECT CASE WHEN pg_try_advisory_xact_lock(%s) "
        "THEN pg_advisory_xact_lock(%s) IS NOT NULL ELSE false END",
        _lock_of("key", program, giver, key_hash.hex()), _lock_of("giver", program, giver),
    )  # fmt: skip
    assert row is not None
    return bool(row[0])


def of_key(tx: Transaction, program: str, giver: str, key_hash: bytes) -> tuple[Gift, bytes] | None:
    """The gift that was made with a key, and the fingerprint of what was asked for then."""
    row = tx.one(
        f"SELECT {_COLUMNS}, fingerprint FROM web.gifts "
        "WHERE program = %s AND giver = %s AND key_hash = %s",
        program, giver, key_hash,
    )  # fmt: skip
    return None if row is None else (_gift(row[:-1]), bytes(row[-1]))


def given_since(
    tx: Transaction, program: str, giver: str, recipient: str, kind: str, since: datetime
) -> list[GivenBefore]:
    """What somebody gave after an instant, latest first; what they cancelled does not count."""
    rows = tx.rows(
        "SELECT at, recipient = %s AND kind = %s FROM web.gifts "
        "WHERE program = %s AND giver = %s AND at > %s AND state <> 'cancelled' ORDER BY at DESC",
        recipient, kind, program, giver, since,
    )  # fmt: skip
    return [GivenBefore(*row) for row in rows]


def insert(
    tx: Transaction, gift: Gift, key_hash: bytes, fingerprint: bytes, invitation: str | None
) -> None:
    """A gift that is held until `send_after`."""
    tx.execute(
        "INSERT INTO web.gifts (kudos_id, award_id, program, loop, giver, recipient, kind, at, "
        "send_after, sealed, state, due, key_hash, fingerprint, invitation_id) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'held', %s, %s, %s, %s)",
        gift.kudos_id, gift.award_id, gift.program, gift.loop, gift.giver, gift.recipient,
        gift.kind, gift.at, gift.send_after, gift.sealed, gift.send_after, key_hash, fingerprint,
        invitation,
    )  # fmt: skip


def of_giver(
    tx: Transaction, program: str, giver: str, kudos_id: str, *, to_change: bool = False
) -> Gift | None:
    """A gift, if it is this giver's. `to_change`: nobody else changes it until the transaction
    ends."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM web.gifts WHERE kudos_id = %s AND program = %s AND giver = %s"
        + (" FOR UPDATE" if to_change else ""),
        kudos_id, program, giver,
    )  # fmt: skip
    return None if row is None else _gift(row)


def page(
    tx: Transaction, program: str, giver: str, before: tuple[datetime, str] | None, limit: int
) -> list[Gift]:
    """What somebody gave, latest first, or what they gave before a gift (its `at` and id)."""
    at, kudos_id = before or (None, None)
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM web.gifts WHERE program = %s AND giver = %s "
        "AND (%s::timestamptz IS NULL OR (at, kudos_id) < (%s, %s::uuid)) "
        "ORDER BY at DESC, kudos_id DESC LIMIT %s",
        program, giver, at, at, kudos_id, limit,
    )  # fmt: skip
    return [_gift(row) for row in rows]


def cancel(tx: Transaction, kudos_id: str, now: datetime) -> None:
    """End a gift that was never claimed; nothing of it goes anywhere."""
    tx.execute(
        "UPDATE web.gifts SET state = 'cancelled', sealed = NULL, due = NULL, settled = %s "
        "WHERE kudos_id = %s AND state = 'held' AND NOT claimed",
        now, kudos_id,
    )  # fmt: skip


def withdraw(tx: Transaction, kudos_id: str, at: datetime) -> None:
    """Let a gift be retracted once it is awarded. `at`: the time of the retraction."""
    tx.execute(
        "UPDATE web.gifts SET state = 'withdrawing', withdrawn_at = %s, due = %s, settled = NULL "
        "WHERE kudos_id = %s AND (state = 'sent' OR (state = 'held' AND claimed))",
        at, at, kudos_id,
    )  # fmt: skip


def claim(tx: Transaction, now: datetime, until: datetime, limit: int) -> list[Gift]:
    """The gifts that are due, longest first; nobody else gets them before `until`. Those whose fact
    is not known to be in Kafka are claimed."""
    rows = tx.rows(
        "UPDATE web.gifts SET due = %s, claimed = true WHERE kudos_id IN ("
        "SELECT kudos_id FROM web.gifts WHERE due <= %s ORDER BY due LIMIT %s "
        f"FOR UPDATE SKIP LOCKED) RETURNING {_COLUMNS}",
        until, now, limit,
    )  # fmt: skip
    return sorted((_gift(row) for row in rows), key=lambda gift: (gift.at, gift.kudos_id))


def acknowledge(tx: Transaction, sent: Sequence[tuple[str, SentAt]], now: datetime) -> None:
    """Kafka has these facts: their notes go from here. A gift that is to be withdrawn is due."""
    tx.execute(
        "UPDATE web.gifts g SET sent_partition = k.partition, sent_offset = k.position, "
        "sealed = NULL, state = CASE state WHEN 'held' THEN 'sent' ELSE state END, "
        "due = CASE state WHEN 'held' THEN NULL ELSE %s END, "
        "settled = CASE state WHEN 'held' THEN %s END "
        "FROM unnest(%b::text[], %b::int[], %b::bigint[]) k (id, partition, position) "
        "WHERE g.kudos_id = k.id::uuid AND g.state IN ('held', 'withdrawing') "
        "AND g.sent_partition IS NULL",
        now, now,
        [kudos_id for kudos_id, _ in sent],
        [at.partition for _, at in sent],
        [at.offset for _, at in sent],
    )  # fmt: skip


def settle(
    tx: Transaction, ids: Iterable[str], state: Literal["refused", "withdrawn"], now: datetime
) -> None:
    """Nothing more is to be sent about these."""
    tx.execute(
        "UPDATE web.gifts SET state = %s, due = NULL, sealed = NULL, settled = %s "
        "WHERE kudos_id = ANY (%b::text[]::uuid[]) AND state = ANY (%b::text[])",
        state, now, sorted(ids), list(_UNSETTLED),
    )  # fmt: skip


def look_again(tx: Transaction, ids: Iterable[str], at: datetime) -> None:
    """Nothing can be done about these yet."""
    tx.execute(
        "UPDATE web.gifts SET due = %s WHERE kudos_id = ANY (%b::text[]::uuid[]) "
        "AND due IS NOT NULL",
        at, sorted(ids),
    )  # fmt: skip


def next_due(tx: Transaction) -> datetime | None:
    """When something is to be done next; None if nothing is."""
    row = tx.one("SELECT min(due) FROM web.gifts WHERE due IS NOT NULL")
    return None if row is None else row[0]


def count(tx: Transaction) -> dict[str, int]:
    """How many there are, by state."""
    return dict(tx.rows("SELECT state, count(*) FROM web.gifts GROUP BY state"))


def oldest_due(tx: Transaction) -> datetime | None:
    """Of what is due to be sent: since when the oldest could have gone."""
    row = tx.one(
        "SELECT min(CASE state WHEN 'held' THEN send_after ELSE withdrawn_at END) FROM web.gifts "
        "WHERE due IS NOT NULL"
    )
    return None if row is None else row[0]


def sent_since(tx: Transaction, since: datetime, limit: int) -> list[Gift]:
    """What Kafka got after an instant, the oldest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM web.gifts WHERE state = 'sent' AND settled > %s "
        "ORDER BY settled LIMIT %s",
        since, limit,
    )  # fmt: skip
    return [_gift(row) for row in rows]


def tidy(tx: Transaction, now: datetime) -> int:
    """Forget what was cancelled a day ago, and what was settled a month ago. Gives how many."""
    return tx.execute(
        "DELETE FROM web.gifts WHERE settled < %s OR (state = 'cancelled' AND settled < %s)",
        now - SETTLED_KEPT, now - CANCELLED_KEPT,
    )  # fmt: skip


def _gift(row: Row) -> Gift:
    partition, offset, withdrawn_at = row[-3:]
    sent = None if partition is None else SentAt(partition, offset)
    known: tuple[Any, ...] = (*row[:-3], sent, withdrawn_at)
    return Gift(*known)


def _lock_of(*names: str) -> int:
    """The number of an advisory lock; others of this database have smaller ones."""
    digest = blake2b(_JOIN.join(("gift", *names)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
