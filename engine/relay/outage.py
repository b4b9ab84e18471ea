"""Says in the log what keeps a topic from being published: at once, and then once a minute."""

import logging
import time
from collections.abc import Callable

from psycopg.errors import ReadOnlySqlTransaction

from engine.observability import logger
from engine.relay.producer import NotPublished
from engine.store.awards.outbox import Topic

log = logger(__name__)

_AGAIN_SECONDS = 60.0
_KAFKA_AWAY = "make Kafka reachable; publishing goes on by itself"
_READ_ONLY = "let PostgreSQL be written, or name the server that can; publishing goes on by itself"
_DATABASE_AWAY = "make PostgreSQL reachable; publishing goes on by itself"


class Outage:
    """What is in the way of one topic, and since when."""

    def __init__(self, topic: Topic, clock: Callable[[], float] = time.monotonic) -> None:
        self._topic = topic
        self._clock = clock
        self._began: float | None = None
        self._logged: dict[str, float] = {}
        self.attempts = 0

    def met(self, error: Exception) -> None:
        """Another attempt failed; logged unless the same was logged within the minute."""
        self.attempts += 1
        now = self._clock()
        self._began = now if self._began is None else self._began
        fields = _fields(error)
        if self._due(" ".join([fields["error"], fields.get("message", "")]), now):
            refused = isinstance(error, NotPublished) and error.refused is not None
            log.log(
                logging.ERROR if refused else logging.WARNING,
                "cannot publish, waiting",
                topic=self._topic,
                for_seconds=round(now - self._began),
                **fields,
            )

    def slow(self) -> None:
        """Batches are more than the topic takes."""
        if self._due("one by one", self._clock()):
            log.warning(
                "the topic takes messages one by one only, which is slow",
                topic=self._topic,
                what_to_do="raise max.message.bytes to 1000000 or more",
            )

    def over(self) -> None:
        """Something was published."""
        if self._began is not None:
            lasted = round(self._clock() - self._began)
            log.info("publishing again", topic=self._topic, after_seconds=lasted)
            self._began, self.attempts = None, 0
            self._logged.clear()

    def _due(self, what: str, now: float) -> bool:
        if now - self._logged.get(what, -_AGAIN_SECONDS) < _AGAIN_SECONDS:
            return False
        self._logged[what] = now
        return True


def _fields(error: Exception) -> dict[str, str]:
    """An error, as fields of a log line."""
    brief = str(error).splitlines()[0] if str(error) else ""
    if not isinstance(error, NotPublished):
        what = _READ_ONLY if isinstance(error, ReadOnlySqlTransaction) else _DATABASE_AWAY
        return {"error": f"{type(error).__name__}: {brief}", "what_to_do": what}
    refused = error.refused
    if refused is None:
        return {"error": brief, "what_to_do": _KAFKA_AWAY}
    return {
        "kafka_topic": refused.topic,
        "error": brief,
        "message": refused.message(),
        "bytes": str(len(refused.value)),
        "what_to_do": refused.what_to_do(),
    }
