"""A relay for every topic, each on its own: what holds up one is nothing to the others."""

import threading
from collections.abc import Callable

from sqlalchemy import Engine

from engine.observability import logger
from engine.relay.producer import Publishing
from engine.relay.relay import Relay
from engine.store.awards.outbox import TOPICS, Topic

log = logger(__name__)

_AFTER_A_FAILURE_SECONDS = 5.0


class Relays:
    """Publishes all topics until stopped."""

    def __init__(
        self, engine: Engine, publishing: Callable[[], Publishing], session_seconds: float = 10.0
    ) -> None:
        self._relays = {
            topic: Relay(engine, topic, publishing, session_seconds) for topic in TOPICS
        }
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask `run` to publish what is there and return."""
        self._stop.set()
        for relay in self._relays.values():
            relay.stop()

    def run(self) -> None:
        """Publish until stopped."""
        threads = [
            threading.Thread(target=self._run, args=(topic, relay), name=topic)
            for topic, relay in self._relays.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _run(self, topic: Topic, relay: Relay) -> None:
        """Run one, again and again if it meets what no rule covers: ending the process would be
        the end of the others too."""
        while True:
            try:
                relay.run()
                return
            except Exception:
                log.exception("the relay of a topic failed, again in a while", topic=topic)
                if self._stop.wait(_AFTER_A_FAILURE_SECONDS):
                    return
