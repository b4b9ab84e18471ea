"""mentoring.awards, read from its end by each web process: what comes wakes who listens, and ends
shares of what is revoked.

There is no consumer group and nothing is stored: who was not there reads the page anyway, and all
shares are looked at from time to time.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

from engine.observability import logger
from web.kudos.gift_clock import CLOCK
from web.live.changes import changes_of, may_wake, revoked_by
from web.live.hub import Hub

log = logger(__name__)

_PATIENCE_SECONDS = 3.0
_POLL_SECONDS = 0.2
_LOOK_AGAIN_SECONDS = 2.0
_LOG_AGAIN_SECONDS = 60.0
_GONE = (
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError._UNKNOWN_TOPIC,
    KafkaError._UNKNOWN_PARTITION,
)

# What it would print is in its errors, and logged by us.
_SILENT = logging.Logger("librdkafka", logging.CRITICAL + 1)


class AwardsFeed:
    """Reads the topic in a thread of its own. `options`: librdkafka's, whereby to reach Kafka;
    `revoked`: called with the id of each award that is revoked.

    While Kafka is away it tries on, and then reads on where it was; a partition that is added is
    read from its beginning.
    """

    def __init__(
        self,
        options: Mapping[str, Any],
        topic: str,
        hub: Hub,
        revoked: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._options = {
            "log_level": 0,
            "client.id": "badge-web",
            "reconnect.backoff.max.ms": 1_000,
            # librdkafka wants a name; partitions are assigned, so no group is ever formed.
            "group.id": "badge-web",
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",  # where Kafka no longer has what is next
            "allow.auto.create.topics": False,
            **options,
        }
        self._topic = topic
        self._hub = hub
        self._revoked = revoked
        self._stop = threading.Event()
        self._logged: dict[str, float] = {}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Read for the length of the block."""
        thread = threading.Thread(target=self.run, name="live-feed", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join(2 * _PATIENCE_SECONDS)

    def run(self) -> None:
        """Read until stopped."""
        while not self._stop.is_set():
            consumer = Consumer(self._options, logger=_SILENT)
            try:
                self._follow(consumer)
            except KafkaException as error:
                self._waits(error.args[0].str())
                self._stop.wait(_POLL_SECONDS)
            except Exception as error:  # pages would wait for ever
                log.error("live updates begin again", exc_info=error)
                self._stop.wait(_LOOK_AGAIN_SECONDS)
            finally:
                self._hub.stop_reading()
                consumer.close()

    def _follow(self, consumer: Consumer) -> None:
        """Read for as long as the topic is there."""
        reading = self._partitions(consumer)
        consumer.assign([self._end_of(consumer, number) for number in reading])
        self._hub.begin_reading()
        log.info("live updates are on", topic=self._topic, partitions=len(reading))
        self._logged.clear()
        looked = time.monotonic()
        while not self._stop.is_set():
            self._poll(consumer)
            if time.monotonic() - looked > _LOOK_AGAIN_SECONDS:
                reading |= self._read_added(consumer, reading)
                looked = time.monotonic()

    def _poll(self, consumer: Consumer) -> None:
        message = consumer.poll(_POLL_SECONDS)
        if message is None:
            return
        error = message.error()
        if error is not None:
            if error.code() in _GONE:
                raise KafkaException(error)
            self._waits(error.str())
            return
        key, value = _bytes(message.key()), _bytes(message.value())
        award_id = revoked_by(value)
        if award_id is not None:
            self._revoked(award_id)
        wakes = may_wake(self._hub.participants, key, value)
        if wakes or CLOCK.is_waiting:
            changes = list(changes_of(value))
            CLOCK.heard({change.id for _, change in changes})
            if wakes:
                self._hub.publish(changes)

    def _read_added(self, consumer: Consumer, reading: set[int]) -> set[int]:
        """Read partitions that were added since; gives their numbers."""
        try:
            added = self._partitions(consumer) - reading
        except KafkaException as error:
            self._waits(error.args[0].str())
            return set()
        if added:
            consumer.incremental_assign(
                [TopicPartition(self._topic, number, OFFSET_BEGINNING) for number in added]
            )
        return added

    def _partitions(self, consumer: Consumer) -> set[int]:
        described = consumer.list_topics(self._topic, timeout=_PATIENCE_SECONDS)
        topic = described.topics[self._topic]
        if topic.error is not None:
            raise KafkaException(topic.error)
        return set(topic.partitions)

    def _end_of(self, consumer: Consumer, number: int) -> TopicPartition:
        partition = TopicPartition(self._topic, number)
        ends = consumer.get_watermark_offsets(partition, timeout=_PATIENCE_SECONDS)
        if ends is None:
            raise KafkaException(KafkaError(KafkaError._TIMED_OUT))
        return TopicPartition(self._topic, number, ends[1])

    def _waits(self, reason: str) -> None:
        """Say what is in the way, the same at most once a minute."""
        now = time.monotonic()
        if now - self._logged.get(reason, -_LOG_AGAIN_SECONDS) >= _LOG_AGAIN_SECONDS:
            self._logged[reason] = now
            log.warning("live updates wait for Kafka", topic=self._topic, error=reason)


def _bytes(text: str | bytes | None) -> bytes:
    return text.encode() if isinstance(text, str) else text or b""
