"""A topic of Kafka: looked at, and read from given offsets without a consumer group."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from confluent_kafka import (
    TIMESTAMP_NOT_AVAILABLE,
    Consumer,
    KafkaError,
    KafkaException,
    Message,
    TopicCollection,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient

from engine.probes import READY
from engine.sole_reader.cursors import Extent

Headers = list[tuple[str, bytes | None]]

_PATIENCE_SECONDS = 3.0
_BATCH = 1_000
_POLL_SECONDS = 0.2

# What it would print is in its errors, and logged by us.
_SILENT = logging.Logger("librdkafka", logging.CRITICAL + 1)

_NOT_THERE = (KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_TOPIC)
_NO_LEADER = (KafkaError.NOT_LEADER_FOR_PARTITION, KafkaError.LEADER_NOT_AVAILABLE)
_GONE = (
    KafkaError._AUTO_OFFSET_RESET,
    KafkaError.OFFSET_OUT_OF_RANGE,
    KafkaError._UNKNOWN_PARTITION,
    *_NOT_THERE,
)
_EPOCH = datetime.fromtimestamp(0, UTC)


class KafkaAway(Exception):
    """Kafka does not answer, or refuses what we ask."""


class TopicAbsent(Exception):
    """The topic is not there."""


class TopicReplaced(Exception):
    """What Kafka has under the topic's name is not what was being read."""


@dataclass(frozen=True, slots=True)
class TopicLook:
    """Which topic this is, and the partitions it has now."""

    topic_id: str
    partitions: frozenset[int]


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """A record where it is. `published`: the time that Kafka gives it. `headers`: None if the name
    of one is not UTF-8."""

    offset: int
    published: datetime
    key: bytes | None
    value: bytes | None
    headers: Headers | None


@dataclass(slots=True)
class Polled:
    """What a poll brought, by partition: records by offset, and the offset to read on at."""

    records: dict[int, list[TopicRecord]] = field(default_factory=dict)
    next_offsets: dict[int, int] = field(default_factory=dict)


class KafkaTopic:
    """Asks about the topic. Whatever Kafka refuses, or does not answer within seconds, is
    KafkaAway."""

    def __init__(self, name: str, client: str, options: Mapping[str, Any], made_by: str) -> None:
        """`client`: who asks; `options`: librdkafka's, whereby to reach Kafka; `made_by`: the
        command that makes the topic."""
        self.name = name
        self._made_by = made_by
        self._options: dict[str, Any] = {
            "client.id": client,
            "log_level": 0,
            "reconnect.backoff.max.ms": 1_000,
            **options,
        }
        self._admin = AdminClient(self._options, logger=_SILENT)

    def look(self) -> TopicLook:
        """What the topic is now. Raises KafkaAway, TopicAbsent."""
        asked = TopicCollection([self.name])
        with self.asking() as admin:
            answers = admin.describe_topics(asked, request_timeout=_PATIENCE_SECONDS)
            described = answers[self.name].result(_PATIENCE_SECONDS + 1)
        # A broker without ids of topics: nothing tells a topic that was made again.
        topic_id = str(described.topic_id) if described.topic_id is not None else self.name
        return TopicLook(topic_id, frozenset(each.id for each in described.partitions))

    def state(self) -> str:
        """For /readyz: "ready", "away" or "missing"."""
        try:
            self.look()
        except KafkaAway:
            return "away"
        except TopicAbsent:
            return "missing"
        return READY

    def extents(self, partitions: Iterable[int]) -> dict[int, Extent]:
        """Where partitions begin and end. Raises KafkaAway, TopicAbsent."""
        with self._consumer() as consumer, self.asking():
            return {number: self._extent(consumer, number) for number in partitions}

    def _extent(self, consumer: Consumer, number: int) -> Extent:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        partition = TopicPartition(self.name, number)
        while True:
            try:
                return Extent(*consumer.get_watermark_offsets(partition, timeout=_PATIENCE_SECONDS))
            except KafkaException as error:
                # A partition that was just added has no leader for a moment.
                if error.args[0].code() not in _NO_LEADER or time.monotonic() > deadline:
                    raise
                time.sleep(_POLL_SECONDS)

    @contextmanager
    def reader(self, offsets: Mapping[int, int]) -> Iterator["TopicReader"]:
        """Read these partitions, each from an offset on. Raises KafkaAway."""
        with self._consumer() as consumer:
            consumer.assign(
                [TopicPartition(self.name, number, offset) for number, offset in offsets.items()]
            )
            yield TopicReader(consumer)

    @contextmanager
    def _consumer(self) -> Iterator[Consumer]:
        options = {
            # librdkafka wants a name; partitions are assigned, so no group is ever formed.
            "group.id": self._options["client.id"],
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "isolation.level": "read_committed",
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
            "queued.max.messages.kbytes": 16_384,
        }
        consumer = Consumer(self._options | options, logger=_SILENT)
        try:
            yield consumer
        finally:
            consumer.close()

    @contextmanager
    def asking(self) -> Iterator[AdminClient]:
        """A client to ask Kafka; in the block what it raises is KafkaAway, or TopicAbsent."""
        try:
            yield self._admin
        except KafkaException as error:
            reason = error.args[0]
            if reason.code() in _NOT_THERE:
                raise TopicAbsent(
                    f"Kafka has no topic {self.name}: run `{self._made_by}`"
                ) from None
            raise KafkaAway(f"Kafka: {reason.str()}") from None
        except TimeoutError:
            raise KafkaAway("Kafka: no answer in time") from None


class TopicReader:
    """Reads assigned partitions."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer

    def poll(self) -> Polled:
        """What is there now, or comes within a moment. Raises TopicReplaced, KafkaAway."""
        polled = Polled()
        messages = self._consumer.consume(1, _POLL_SECONDS)
        if messages:  # what else is there, without waiting for more
            messages += self._consumer.consume(_BATCH - 1, 0.0)
        for message in messages:
            error = message.error()
            partition, offset = message.partition(), message.offset()
            if error is None and partition is not None and offset is not None:
                polled.records.setdefault(partition, []).append(_record(message, offset))
                polled.next_offsets[partition] = offset + 1
            elif error is not None and error.code() == KafkaError._PARTITION_EOF:
                # It may lie behind what transactions leave in place of records.
                if partition is not None and offset is not None:
                    polled.next_offsets[partition] = offset
            elif error is not None and error.code() in _GONE:
                raise TopicReplaced(error.str())
            elif error is not None and not error.retriable():
                raise KafkaAway(f"Kafka: {error.str()}")
        return polled


def _record(message: Message, offset: int) -> TopicRecord:
    kind, milliseconds = message.timestamp()
    known = kind != TIMESTAMP_NOT_AVAILABLE
    published = datetime.fromtimestamp(milliseconds / 1000, UTC) if known else _EPOCH
    key, value = _bytes(message.key()), _bytes(message.value())
    return TopicRecord(offset, published, key, value, _headers(message))


def _headers(message: Message) -> Headers | None:
    try:
        given: Any = message.headers()
    except UnicodeDecodeError:
        return None
    return [(name, _bytes(value)) for name, value in given or []]


def _bytes(text: str | bytes | None) -> bytes | None:
    return text.encode() if isinstance(text, str) else text
