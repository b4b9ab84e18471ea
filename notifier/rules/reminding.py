"""When somebody is reminded that an award of theirs ends. Pure."""

import uuid
from datetime import datetime, timedelta

DAYS = (90, 14)
"""So many days of 24 hours before the end; each once."""
EARLIEST = timedelta(days=max(DAYS))


def due(awarded_at: datetime, valid_until: datetime, now: datetime) -> int | None:
    """Which reminder is due: the latest whose instant has come, while the award is valid. None
    before the first, after the end, and where the award is younger than that instant: who has just
    got it knows when it ends."""
    if now >= valid_until:
        return None
    come = [days for days in DAYS if valid_until - timedelta(days=days) <= now]
    if not come or awarded_at >= valid_until - timedelta(days=min(come)):
        return None
    return min(come)


def reminder_id(award_id: str, days: int) -> str:
    """The id of a reminder: of the same award and days, always the same."""
    return str(uuid.uuid5(uuid.UUID(award_id), f"ends in {days} days"))
