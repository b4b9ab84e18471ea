"""What became of awards after they were announced."""

from datetime import datetime
from typing import NamedTuple

from engine.store.postgres.connection import Transaction
from events.instants import Instant


class Restatement(NamedTuple):
    """When an award's dates and evidence were put right, and since when it was held before."""

    at: datetime
    before: Instant


def restatements(tx: Transaction, award_id: str) -> list[Restatement]:
    """How often an award was put right because its proof broke, oldest first."""
    rows = tx.rows(
        "SELECT restated_at, awarded_at FROM restatements WHERE award_id = %s::uuid ORDER BY id",
        award_id,
    )
    return [Restatement(at, Instant(before)) for at, before in rows]
