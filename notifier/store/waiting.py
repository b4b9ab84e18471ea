"""What waits to be sent, and which programs send very much: for monitors."""

from datetime import datetime, timedelta
from typing import NamedTuple

from engine.store.postgres.connection import Transaction

BURST_WINDOW = timedelta(minutes=10)
BURST_AT_LEAST = 200
BURST_SHARE = 0.2


class DueDeliveries(NamedTuple):
    """How many are due, and for how long the oldest has been, in seconds; 0 if none is."""

    number: int
    oldest_seconds: float


def due(tx: Transaction, now: datetime) -> DueDeliveries:
    """What is due now and not sent."""
    row = tx.one(
        "SELECT count(*), coalesce(extract(epoch FROM %s - min(due_at))::float8, 0) "
        "FROM notify.deliveries "
        "WHERE state IN ('waiting', 'claimed', 'sending') AND due_at <= %s",
        now, now,
    )  # fmt: skip
    assert row is not None
    return DueDeliveries(*row)


def bursts(tx: Transaction, now: datetime) -> int:
    """How many programs had more e-mails sent in the last ten minutes than 200, or than a fifth of
    the people that they have, whichever is more. A message about several awards counts once."""
    row = tx.one(
        "SELECT count(*) FROM (SELECT program, count(DISTINCT bundle) AS mails "
        "FROM notify.deliveries WHERE state = 'sent' AND settled_at > %s GROUP BY program "
        "HAVING count(DISTINCT bundle) > %s) s "
        "WHERE mails > %s * (SELECT count(*) FROM directory.participants p "
        "WHERE p.program = s.program)",
        now - BURST_WINDOW, BURST_AT_LEAST, BURST_SHARE,
    )  # fmt: skip
    assert row is not None
    return int(row[0])
