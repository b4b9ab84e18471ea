"""The thread of a people process that sends kudos on their way, in rounds.

It sleeps until something is due, and looks at least once a second. A process that lets somebody
withdraw wakes its own thread, so no process has to notify another.
"""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from kafka.errors import KafkaError
from sqlalchemy.exc import SQLAlchemyError

from engine.observability import logger
from engine.store.postgres.connection import DatabaseUnreachable
from events.deliveries import DeliveryError
from web.kudos.dispatch import Dispatch, FactPublisher

log = logger(__name__)

_MOST_SECONDS = 1.0
_LEAST_SECONDS = 0.02
_TIDY_SECONDS = 3_600.0
_STOP_SECONDS = 15.0

OpenPublisher = Callable[[], AbstractContextManager[FactPublisher]]
"""Raises KafkaError if Kafka is away."""


class Dispatcher:
    """Runs for the length of a `with` block."""

    def __init__(
        self, dispatch: Dispatch, open_publisher: OpenPublisher, clock: Callable[[], datetime]
    ) -> None:
        self._dispatch = dispatch
        self._open = open_publisher
        self._clock = clock
        self._awake = threading.Event()
        self._stopping = False
        self._was_away = ""
        self._tidy_at = 0.0
        self._thread = threading.Thread(target=self._run, name="dispatcher", daemon=True)

    def wake(self) -> None:
        """Something is to be done at once."""
        self._awake.set()

    def __enter__(self) -> "Dispatcher":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Finish the round that is under way."""
        self._stopping = True
        self._awake.set()
        self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping:
            try:
                # Not the first thing of a round: gifts are claimed only with Kafka there.
                with self._open() as publisher:
                    self._rounds(publisher)
            except (KafkaError, DeliveryError) as error:
                self._away("Kafka", error)
            except (DatabaseUnreachable, SQLAlchemyError) as error:
                self._away("PostgreSQL", error)
            except Exception as error:
                log.error("kudos could not be sent", exc_info=error)
            self._awake.clear()
            if not self._stopping:
                self._awake.wait(_MOST_SECONDS)

    def _rounds(self, publisher: FactPublisher) -> None:
        while not self._stopping:
            self._awake.clear()
            self._dispatch.round(publisher)
            self._back()
            if time.monotonic() >= self._tidy_at:
                self._dispatch.tidy()
                self._tidy_at = time.monotonic() + _TIDY_SECONDS
            self._awake.wait(self._seconds())

    def _seconds(self) -> float:
        """Until the next round."""
        due = self._dispatch.next_due()
        if due is None:
            return _MOST_SECONDS
        left = (due - self._clock()).total_seconds()
        return min(max(left, _LEAST_SECONDS), _MOST_SECONDS)

    def _away(self, what: str, error: Exception) -> None:
        if self._was_away != what:
            log.warning("kudos wait", away=what, error=type(error).__name__)
        self._was_away = what

    def _back(self) -> None:
        if self._was_away:
            log.info("kudos are sent again")
        self._was_away = ""
