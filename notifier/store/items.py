"""The table notify.items: what stands on somebody's page of notifications."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from engine.store.postgres.connection import Transaction
from notifier.rules.preferences import Category


class NewItem(NamedTuple):
    """About an award, or an invitation: `subject` is its id."""

    program: str
    participant: str
    what: Category
    subject: str


_ADD = """
INSERT INTO notify.items (program, participant, what, award_id, invitation_id, at)
SELECT program, participant, what, CASE WHEN what <> 'invitation' THEN subject::uuid END,
  CASE WHEN what = 'invitation' THEN subject::uuid END, %s
FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[])
  r (program, participant, what, subject)
ON CONFLICT DO NOTHING
"""


def add(tx: Transaction, items: Collection[NewItem], now: datetime) -> None:
    """Put items on pages, in this order; what somebody has is not repeated."""
    if items:
        programs, participants, what, subjects = map(list, zip(*items, strict=True))
        tx.execute(_ADD, now, programs, participants, what, subjects)


def remind(tx: Transaction, item: NewItem, award_id: str, now: datetime) -> None:
    """Put a reminder on a page: `subject` is its id, `award_id` that of the award that ends."""
    tx.execute(
        "INSERT INTO notify.items (program, participant, what, reminder_id, reminds_of, at) "
        "VALUES (%s, %s, 'ending', %s::text::uuid, %s::text::uuid, %s) ON CONFLICT DO NOTHING",
        item.program, item.participant, item.subject, award_id, now,
    )  # fmt: skip


def mark(tx: Transaction, standing: Mapping[str, bool]) -> None:
    """Let the items of awards, and reminders of them, say whether these are held."""
    if standing:
        tx.execute(
            "UPDATE notify.items i SET gone = NOT r.standing "
            "FROM unnest(%b::uuid[], %b::bool[]) r (award_id, standing) "
            "WHERE (i.award_id = r.award_id OR i.reminds_of = r.award_id) AND i.gone = r.standing",
            list(standing), list(standing.values()),
        )  # fmt: skip
