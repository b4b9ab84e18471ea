"""The table notify.case_news: what people are notified of about cases.

Who moves a case adds to it, in the transaction that moves the case; who sends e-mails takes it up.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from engine.store.postgres.connection import Transaction
from notifier.rules.case_news import News
from notifier.store import deliveries
from notifier.store.deliveries import NewDelivery

_AT_ONCE = 1000


class CaseNotice(NamedTuple):
    """News about a case for somebody. `own`: the case is about them; `in_app`: an item of it stands
    on their page."""

    news_id: str
    case_id: str
    program: str
    participant: str
    news: News
    own: bool
    in_app: bool


_ADD = """
WITH new AS (
  INSERT INTO notify.case_news (news_id, case_id, program, participant, news, own, at)
  SELECT news_id::uuid, case_id::uuid, program, participant, news, own, %s::timestamptz
  FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::bool[])
    r (news_id, case_id, program, participant, news, own)
  ON CONFLICT DO NOTHING RETURNING news_id, program, participant, at
)
INSERT INTO notify.items (program, participant, what, news_id, at)
SELECT program, participant, 'case', news_id, at FROM new WHERE news_id = ANY (%b::text[]::uuid[])
"""


def add(tx: Transaction, news: Collection[CaseNotice], now: datetime) -> None:
    """Notify people; of what they were notified before they are not again."""
    if news:
        *columns, in_app = zip(*news, strict=True)
        shown = [each.news_id for each, is_shown in zip(news, in_app, strict=True) if is_shown]
        tx.execute(_ADD, now, *map(list, columns), shown)


def take_up(tx: Transaction, now: datetime, old: timedelta) -> None:
    """Let e-mails be due about what is new. What is older than `old` needs none: there was no mail
    server at the time."""
    rows = tx.rows(
        "UPDATE notify.case_news SET enqueued = true WHERE news_id IN ("
        "SELECT news_id FROM notify.case_news WHERE NOT enqueued ORDER BY at LIMIT %s "
        "FOR UPDATE SKIP LOCKED) RETURNING news_id::text, program, participant, at",
        _AT_ONCE,
    )
    deliveries.enqueue(
        tx,
        [
            NewDelivery(news_id, "case", program, participant, now)
            for news_id, program, participant, at in rows
            if now - at <= old
        ],
    )


def cases(tx: Transaction, news_ids: Collection[str]) -> dict[str, str]:
    """The ids of the cases that news are about, by id of the news, the earliest first; those of
    which people are still notified."""
    return dict(
        tx.rows(
            "SELECT news_id::text, case_id::text FROM notify.case_news "
            "WHERE news_id = ANY (%s::uuid[]) ORDER BY at, news_id",
            sorted(news_ids),
        )
    )
