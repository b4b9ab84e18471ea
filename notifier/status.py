"""How far the notifier has read, and which e-mails wait, went or failed: for operators and
monitors."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.sole_reader import progress
from engine.sole_reader.progress import ReadingProgress
from engine.sole_reader.topic import KafkaTopic
from engine.store.postgres.connection import Transaction

_EMAILS = "SELECT state, count(*) FROM notify.deliveries GROUP BY state ORDER BY state"
_OLDEST = """
    SELECT extract(epoch FROM %s - min(due_at))::float8 FROM notify.deliveries
    WHERE state IN ('waiting', 'claimed', 'sending') AND due_at <= %s
"""


@dataclass(frozen=True, slots=True)
class NotifierStatus:
    """How far it was read, e-mails by state, for how long the oldest of those that are due has
    waited in seconds (None: none is due), and how many people's addresses were refused."""

    progress: ReadingProgress
    emails: dict[str, int]
    oldest_due_seconds: float | None
    bad_addresses: int

    def as_json(self) -> dict[str, Any]:
        """For monitors."""
        return self.progress.as_json() | {
            "emails": self.emails,
            "oldest_due_seconds": self.oldest_due_seconds,
            "bad_addresses": self.bad_addresses,
        }


def look(tx: Transaction, topic: KafkaTopic, now: datetime) -> NotifierStatus:
    """The state of now. Raises KafkaAway, TopicAbsent."""
    read = progress.look(tx, "notify", topic)
    emails: dict[str, int] = dict(tx.rows(_EMAILS))
    ((oldest,),) = tx.rows(_OLDEST, now, now)
    ((bad,),) = tx.rows("SELECT count(*) FROM notify.bad_addresses")
    return NotifierStatus(read, emails, oldest, bad)
