"""The topic mentoring.directory in Kafka: made, looked at, and read without a consumer group."""

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
from confluent_kafka import admin as kafka_admin
from confluent_kafka.admin import AdminClient

from directory.intake.fold import RecordAt
from directory.intake.records import ReadRecord, RefusedDescription, parse
from directory.settings import DirectorySettings
from directory.store.cursors import DirectoryCursor, Extent

_PATIENCE_SECONDS = 3.0
_SLOWLY_SECONDS = 30.0
_BATCH = 500
# Until so many records are there, or so much time has passed.
_POLL_SECONDS = 0.2

_NewTopic: Any = kafka_admin.NewTopic  # type: ignore[attr-defined]  # not exported, by its types

# What it would print is in its errors, and logged by us.
_SILENT = logging.Logger("librdkafka", logging.CRITICAL + 1)

_COMPACTED = {"cleanup.policy": "compact", "delete.retention.ms": "86400000"}
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


class DirectoryTopicMissing(Exception):
    """The topic is not there."""


class TopicReplaced(Exception):
    """What Kafka has under the topic's name is not what was being read."""


@dataclass(frozen=True, slots=True)
class TopicLook:
    """Which topic this is, and the partitions it has now."""

    topic_id: str
    partitions: frozenset[int]


@dataclass(slots=True)
class Polled:
    """What a poll brought, by partition: records by offset, and the offset to read on at."""

    records: dict[int, list[RecordAt]] = field(default_factory=dict)
    next_offsets: dict[int, int] = field(default_factory=dict)


class DirectoryTopic:
    """Asks about the topic. Whatever Kafka refuses, or does not answer within seconds, is
    KafkaAway."""

    def __init__(self, settings: DirectorySettings) -> None:
        self.name = settings.topic
        self._options: dict[str, Any] = {
            "bootstrap.servers": settings.bootstrap,
            "client.id": "badge-directory",
            "log_level": 0,
            "reconnect.backoff.max.ms": 1_000,
            **settings.security.librdkafka_options(),
        }
        self._admin = AdminClient(self._options, logger=_SILENT)

    def create(self, partitions: int, replication: int) -> bool:
        """Make the topic, compacted; False if it is there. Raises KafkaAway."""
        new = _NewTopic(self.name, partitions, replication, config=_COMPACTED)
        with self._asking():
            (made,) = self._admin.create_topics([new], request_timeout=_SLOWLY_SECONDS).values()
            try:
                made.result(_SLOWLY_SECONDS)
            except KafkaException as error:
                if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                    raise
                return False
        return True

    def look(self) -> TopicLook:
        """What the topic is now. Raises KafkaAway, DirectoryTopicMissing."""
        asked = TopicCollection([self.name])
        with self._asking():
            answers = self._admin.describe_topics(asked, request_timeout=_PATIENCE_SECONDS)
            described = answers[self.name].result(_PATIENCE_SECONDS + 1)
        # A broker without ids of topics: nothing tells a topic that was made again.
        topic_id = str(described.topic_id) if described.topic_id is not None else self.name
        return TopicLook(topic_id, frozenset(each.id for each in described.partitions))

    def extents(self, partitions: Iterable[int]) -> dict[int, Extent]:
        """Where partitions begin and end. Raises KafkaAway, DirectoryTopicMissing."""
        with self._consumer() as consumer, self._asking():
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
    def reader(self, cursors: Mapping[int, DirectoryCursor]) -> Iterator["TopicReader"]:
        """Read these partitions from their cursors on. Raises KafkaAway."""
        with self._consumer() as consumer:
            consumer.assign(
                [
                    TopicPartition(self.name, number, at.next_offset)
                    for number, at in cursors.items()
                ]
            )
            yield TopicReader(consumer)

    @contextmanager
    def _consumer(self) -> Iterator[Consumer]:
        options = {
            # librdkafka wants a name; partitions are assigned, so no group is ever formed.
            "group.id": "badge-directory",
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
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except KafkaException as error:
            reason = error.args[0]
            if reason.code() in _NOT_THERE:
                raise DirectoryTopicMissing(
                    f"Kafka has no topic {self.name}: run `badge-web migrate`"
                ) from None
            raise KafkaAway(f"Kafka: {reason.str()}") from None
        except TimeoutError:
            raise KafkaAway("Kafka: no answer in time") from None


class TopicReader:
    """Reads assigned partitions."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer

    def poll(self) -> Polled:
        """What comes within a moment. Raises TopicReplaced, KafkaAway."""
        polled = Polled()
        for message in self._consumer.consume(_BATCH, _POLL_SECONDS):
            error = message.error()
            partition, offset = message.partition(), message.offset()
            if error is None and partition is not None and offset is not None:
                polled.records.setdefault(partition, []).append(_record_at(message, offset))
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


def _record_at(message: Message, offset: int) -> RecordAt:
    kind, milliseconds = message.timestamp()
    known = kind != TIMESTAMP_NOT_AVAILABLE
    published = datetime.fromtimestamp(milliseconds / 1000, UTC) if known else _EPOCH
    return RecordAt(offset, published, _read(message))


def _read(message: Message) -> ReadRecord:
    try:
        given: Any = message.headers()
    except UnicodeDecodeError:
        return RefusedDescription("the name of a header is not UTF-8")
    headers = [(name, _bytes(value)) for name, value in given or []]
    return parse(_bytes(message.key()), _bytes(message.value()), headers)


def _bytes(text: str | bytes | None) -> bytes | None:
    return text.encode() if isinstance(text, str) else text
