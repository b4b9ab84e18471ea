"""The table notify.items for pages: what somebody was notified of, and whether they have read it.

The notifier writes it; people mark it as read, and coordinators add what they settled.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple

from engine.store.postgres.connection import Transaction
from notifier.rules.case_news import News

ItemKind = Literal[
    "achievement", "kudos", "invitation", "report_dismissed", "kudos_removed", "gift_removed",
    "ending", "case",
]  # fmt: skip
"""Of what: an award by its category, an invitation, what a coordinator made of a report, that an
award ends, or that a case has moved."""

SettledKind = Literal["report_dismissed", "kudos_removed", "gift_removed"]


class NotificationRow(NamedTuple):
    """An item with the award or the invitation it is about. `gone`: the award is no longer held;
    `earned_earlier`: it was old when it became known. `about`: whom an invitation names.
    `case_id`, `news`, `own`: which case has moved, how, and whether it is about this person."""

    id: int
    what: ItemKind
    at: datetime
    read: datetime | None
    gone: bool
    award_id: str | None
    invitation_id: str | None
    kudos_id: str | None
    loop: str | None
    badge: str | None
    badge_name: str | None
    level: str | None
    giver: str | None
    earned_earlier: bool
    valid_until: datetime | None
    case_id: str | None
    news: News | None
    own: bool | None
    about: tuple[str, ...]


Position = tuple[datetime, int]
"""Where an item stands in the list: its time and its id."""

HIGHEST = 2**53 - 1
"""The greatest id that JSON carries without loss."""

_OLD = "interval '7 days'"


def page(
    tx: Transaction, program: str, participant: str, before: Position | None, limit: int
) -> list[NotificationRow]:
    """The latest items of somebody, or those before one."""
    at, number = before or (None, None)
    rows = tx.rows(
        "SELECT i.id, i.what, i.at, i.read, i.gone, n.award_id::text, "
        "i.invitation_id::text, i.kudos_id, coalesce(n.loop, v.loop), n.badge, n.badge_name, "
        f"n.level, n.giver, coalesce(n.awarded_at < n.seen_at - {_OLD}, false), "
        "n.valid_until, c.case_id::text, c.news, c.own, v.about FROM notify.items i "
        "LEFT JOIN notify.notices n ON n.award_id = coalesce(i.award_id, i.reminds_of) "
        "LEFT JOIN notify.invitations v USING (invitation_id) "
        "LEFT JOIN notify.case_news c USING (news_id) "
        "WHERE i.program = %s AND i.participant = %s "
        "AND (%s::timestamptz IS NULL OR (i.at, i.id) < (%s, %s::bigint)) "
        "ORDER BY i.at DESC, i.id DESC LIMIT %s",
        program, participant, at, at, number, limit,
    )  # fmt: skip
    return [NotificationRow._make((*row[:-1], tuple(row[-1] or ()))) for row in rows]


def unread(tx: Transaction, program: str, participant: str) -> tuple[int, int | None]:
    """How many items of somebody are unread, and the id of the newest of all; an award that is no
    longer held alarms nobody."""
    row = tx.one(
        "SELECT count(*) FILTER (WHERE read IS NULL AND NOT gone), max(id) "
        "FROM notify.items WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    assert row is not None
    return int(row[0]), row[1]


def mark_read(tx: Transaction, program: str, participant: str, up_to: int, now: datetime) -> int:
    """Items of somebody up to this id are read; gives how many were not."""
    return tx.execute(
        "UPDATE notify.items SET read = %s "
        "WHERE program = %s AND participant = %s AND id <= %s AND read IS NULL",
        now, program, participant, up_to,
    )  # fmt: skip


def read_of(
    tx: Transaction, program: str, participant: str, award_ids: Collection[str]
) -> dict[str, bool]:
    """Whether somebody has read of these awards, by award; without an item they are left out."""
    rows = tx.rows(
        "SELECT award_id::text, read IS NOT NULL FROM notify.items "
        "WHERE program = %s AND participant = %s AND award_id = ANY (%s::text[]::uuid[])",
        program, participant, sorted(award_ids),
    )  # fmt: skip
    return dict(rows)


def add_settled(
    tx: Transaction,
    program: str,
    participant: str,
    kudos_id: str,
    what: SettledKind,
    at: datetime,
) -> None:
    """Notify somebody of what a coordinator has settled; once."""
    tx.execute(
        "INSERT INTO notify.items (program, participant, what, kudos_id, at) "
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        program, participant, what, kudos_id, at,
    )  # fmt: skip
