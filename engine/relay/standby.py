"""A relay that stands by: it waits for the lock of its topic, and takes over from a frozen one."""

import time
from collections.abc import Callable

from engine.observability import logger
from engine.store.awards import outbox
from engine.store.awards.outbox import Topic
from engine.store.postgres import frozen_relays, locks
from engine.store.postgres.connection import Transaction

log = logger(__name__)

LOCKS: dict[Topic, int] = {
    "awards": locks.RELAY_OF_AWARDS,
    "dead-letters": locks.RELAY_OF_DEAD_LETTERS,
}
LOOK_EVERY_SECONDS = 1.0
_WARN_AGAIN_SECONDS = 60.0
_SILENT_AT_LEAST_SECONDS = 3.0  # a relay that runs is silent for up to one


class Standby:
    """Waits for the lock of a topic. `session_seconds`: for how long a message may wait, and the
    relay that should publish it be silent, before that relay counts as frozen."""

    def __init__(
        self,
        topic: Topic,
        session_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._topic = topic
        self._session_seconds = session_seconds
        self._clock = clock
        self._warned = -_WARN_AGAIN_SECONDS

    def lock(self, tx: Transaction, stopped: Callable[[float], bool]) -> bool:
        """Wait for the lock, which the session holds until it ends; False if stopped meanwhile.

        `stopped`: waits for so many seconds, or until the relay is stopped, and says whether it is.
        """
        while True:
            row = tx.one(f"SELECT pg_try_advisory_lock({LOCKS[self._topic]})")
            if row is not None and row[0]:
                return True
            if not self._end_frozen(tx) and stopped(LOOK_EVERY_SECONDS):
                return False

    def _end_frozen(self, tx: Transaction) -> bool:
        """End the relay that holds the lock if it is frozen; True if that was done."""
        age = outbox.oldest_seconds(tx, self._topic)
        if age < self._session_seconds:
            return False
        silent = max(self._session_seconds, _SILENT_AT_LEAST_SECONDS)
        holders = frozen_relays.end_frozen(tx, LOCKS[self._topic], silent)
        for holder in holders.ended:
            log.warning(
                "ended the session of a frozen relay, taking over",
                topic=self._topic,
                backend=holder,
                oldest_seconds=round(age),
            )
        if holders.others and self._clock() - self._warned >= _WARN_AGAIN_SECONDS:
            self._warned = self._clock()
            log.warning(
                "messages wait, and another relay is to publish them",
                topic=self._topic,
                backends=holders.others,
                oldest_seconds=round(age),
            )
        return bool(holders.ended)
