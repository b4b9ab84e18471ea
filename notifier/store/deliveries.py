"""The table notify.deliveries, as far as reading awards fills it: what is to be sent, once.

The key is the subject and the channel, so nothing is sent about an award, or an invitation, a
second time, whatever becomes of it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple

from engine.store.postgres.connection import Transaction

REVOKED = "revoked"
"""Why a delivery was dropped that is due again when its award is awarded again."""


DeliveryKind = Literal["award", "invitation", "reminder", "case"]


class NewDelivery(NamedTuple):
    """An e-mail that is due about an award, an invitation, a reminder or a case: `subject` is its
    id, of a case that of the news."""

    subject: str
    kind: DeliveryKind
    program: str
    participant: str
    due_at: datetime


_ENQUEUE = """
INSERT INTO notify.deliveries AS d
  (subject, channel, kind, program, participant, state, due_at)
SELECT subject::uuid, 'email', kind, program, participant, 'waiting', due_at
FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[], %b::timestamptz[])
  r (subject, kind, program, participant, due_at)
ON CONFLICT (subject, channel) DO UPDATE SET
  state = 'waiting', due_at = excluded.due_at, error = NULL, settled_at = NULL,
  bundle = NULL, lease = NULL
WHERE d.state = 'dropped' AND d.error = %s
"""


def enqueue(tx: Transaction, due: Collection[NewDelivery]) -> None:
    """Let e-mails be sent. One that was due before is not sent again, unless it was dropped only
    because the award was revoked."""
    if due:
        subjects, kinds, programs, participants, due_at = map(list, zip(*due, strict=True))
        tx.execute(_ENQUEUE, subjects, kinds, programs, participants, due_at, REVOKED)


def drop(tx: Transaction, revoked: Collection[str], now: datetime) -> None:
    """Drop what waits to be sent about awards that are revoked."""
    if revoked:
        tx.execute(
            "UPDATE notify.deliveries SET state = 'dropped', error = %s, settled_at = %s "
            "WHERE subject = ANY(%b::uuid[]) AND channel = 'email' AND state = 'waiting'",
            REVOKED, now, list(revoked),
        )  # fmt: skip
