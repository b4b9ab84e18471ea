"""Of several processes one reads a topic; the others stand by, and take over when it is gone."""

import time
from collections.abc import Callable

from engine.observability import logger
from engine.store.postgres import frozen_relays
from engine.store.postgres.connection import Transaction

log = logger(__name__)

_LOOK_EVERY_SECONDS = 0.5


def lock(
    tx: Transaction,
    number: int,
    topic: str,
    silent_seconds: float,
    stopped: Callable[[float], bool],
) -> bool:
    """Wait for an advisory lock, which the session holds until it ends; False if stopped meanwhile.

    A process that is frozen, or whose machine lost power, holds it for at most `silent_seconds`:
    one that reads speaks to the database all the time. `stopped`: waits for so many seconds, or
    until we are stopped, and says whether we are.
    """
    stands_by_since: float | None = None
    while True:
        row = tx.one(f"SELECT pg_try_advisory_lock({number})")
        if row is not None and row[0]:
            return True
        now = time.monotonic()
        if stands_by_since is None:
            stands_by_since = now
            log.info("another process reads the topic, standing by", topic=topic)
        if now - stands_by_since >= silent_seconds:
            for holder in frozen_relays.end_frozen(tx, number, silent_seconds).ended:
                log.warning("ended the session of a frozen reader", topic=topic, backend=holder)
        if stopped(_LOOK_EVERY_SECONDS):
            return False
