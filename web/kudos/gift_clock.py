"""How long kudos that this process sends take until their award is on its topic."""

import threading
import time
from collections.abc import Iterable
from datetime import datetime

from web import metrics

_MOST = 10_000


class GiftClock:
    """From where kudos are sent to where awards are heard. For any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due: dict[str, float] = {}

    @property
    def is_waiting(self) -> bool:
        """Whether any award is expected."""
        return bool(self._due)

    def expect(self, award_id: str, send_after: datetime, now: datetime) -> None:
        """Kudos are being sent that were due at an instant."""
        since = time.monotonic() - max(0.0, (now - send_after).total_seconds())
        with self._lock:
            self._due.setdefault(award_id, since)
            if len(self._due) > _MOST:
                del self._due[next(iter(self._due))]

    def heard(self, award_ids: Iterable[str]) -> None:
        """These awards are on their topic."""
        now = time.monotonic()
        for award_id in award_ids:
            with self._lock:
                since = self._due.pop(award_id, None)
            if since is not None:
                metrics.GIFT_SECONDS.labels("awarded").observe(now - since)


CLOCK = GiftClock()
"""Of this process: who sends and who hears are wired apart."""
