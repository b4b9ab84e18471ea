"""Topics: making them, and asking the broker where they begin and end."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kafka import IsolationLevel, KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.admin import NewTopic, OffsetSpec
from kafka.errors import (
    KafkaError,
    NoError,
    TopicAlreadyExistsError,
    UnknownTopicOrPartitionError,
    for_code,
)

from engine.settings import Settings
from engine.store.cursors.cursors import Origin
from events.kafka_reasons import listening
from events.kafka_security import Security

_DAY_MS = 86_400_000
_QUICKLY_MS = 5_000
# Of a broker that is there and says nothing. By default a question takes half a minute to fail:
# longer than a worker that was given partitions may take to find out where to read on.
_PATIENCE_MS = 8_000
_SLOWLY_MS = 30_000


class BrokerUnreachable(Exception):
    """No Kafka broker answers at the address given."""


class TopicMissing(Exception):
    """A topic the engine needs is not there."""


@dataclass(frozen=True, slots=True)
class Range:
    """The offsets of a partition that the broker has: from `begin` up to, not including, `end`.

    `stable_end`: where a reader of committed records stops for now. It is before `end` while a
    publisher's transaction that began there is open.
    """

    begin: int
    end: int
    stable_end: int


@dataclass(frozen=True, slots=True)
class Described:
    """Which topic this is, and the partitions it has."""

    origin: Origin
    partitions: frozenset[int]


def partitions(settings: Settings, topic: str) -> set[int]:
    """The partitions of a topic.

    Raises:
        BrokerUnreachable: no answer.
        TopicMissing: no such topic.
    """
    with _consumer(settings) as consumer:
        return _partitions(consumer, topic)


def ranges(settings: Settings, topic: str) -> dict[int, Range]:
    """Where each partition of a topic begins and ends. Raises as `partitions` does."""
    with admin(settings) as client:
        named = [TopicPartition(topic, number) for number in sorted(_described(client, topic)[1])]
        # The end before the stable end: read the other way round, a record that is published in
        # between would look as if a transaction held it back.
        begins, ends, stable_ends = (
            client.list_partition_offsets(dict.fromkeys(named, spec), isolation_level=level)
            for spec, level in (
                (OffsetSpec.EARLIEST, IsolationLevel.READ_UNCOMMITTED),
                (OffsetSpec.LATEST, IsolationLevel.READ_UNCOMMITTED),
                (OffsetSpec.LATEST, IsolationLevel.READ_COMMITTED),
            )
        )
    return {
        tp.partition: Range(
            begins[tp].offset,
            max(ends[tp].offset, stable_ends[tp].offset),
            stable_ends[tp].offset,
        )
        for tp in named
    }


def cluster(settings: Settings) -> str:
    """The id of the cluster that answers within seconds. Raises BrokerUnreachable."""
    with admin(settings, bootstrap_timeout_ms=_QUICKLY_MS) as client:
        return str(client.describe_cluster()["cluster_id"])


def described(settings: Settings, topic: str) -> Described:
    """What a topic by that name is. Raises as `partitions` does."""
    with admin(settings, bootstrap_timeout_ms=_QUICKLY_MS) as client:
        cluster = client.describe_cluster()["cluster_id"]
        topic_id, numbers = _described(client, topic)
        return Described(Origin(str(cluster), topic_id), numbers)


def _described(client: KafkaAdminClient, topic: str) -> tuple[str | None, frozenset[int]]:
    """A topic's id, if the broker has ids, and its partitions."""
    for answer in client.describe_topics([topic]):
        error = for_code(answer.get("error_code") or 0)
        if error is NoError:
            numbers = (each["partition_index"] for each in answer["partitions"])
            return answer.get("topic_id"), frozenset(numbers)
        if error is not UnknownTopicOrPartitionError:
            raise error
    raise TopicMissing(f"Kafka has no topic {topic}: run `badge-engine migrate`")


def create(settings: Settings) -> list[str]:
    """Make the topics that are missing; gives their names. Safe to repeat.

    Raises:
        BrokerUnreachable: no answer.
    """
    retention = str(int(settings.retention_days * _DAY_MS))
    config = {"cleanup.policy": "delete", "retention.ms": retention}
    made: list[str] = []
    with admin(settings, request_timeout_ms=_SLOWLY_MS) as client:
        for name in settings.topics:
            topic = NewTopic(
                name=name,
                num_partitions=settings.partitions,
                replication_factor=settings.replication,
                topic_configs=config,
            )
            try:
                client.create_topics([topic])
                made.append(name)
            except TopicAlreadyExistsError:
                continue
    return made


def missing(settings: Settings, names: Iterable[str]) -> list[str]:
    """Which of these topics are not there."""
    with _consumer(settings) as consumer:
        there = consumer.topics()
    return [name for name in names if name not in there]


def records(
    settings: Settings, topic: str
) -> Iterator[tuple[int, int, bytes | None, list[tuple[str, bytes]]]]:
    """Every record of a topic, up to where it ends now: partition, offset, value, headers.
    Raises as `partitions` does."""
    with _consumer(settings) as consumer:
        every = [TopicPartition(topic, number) for number in sorted(_partitions(consumer, topic))]
        ends = consumer.end_offsets(every)
        consumer.assign(every)
        consumer.seek_to_beginning()
        left = {tp for tp in every if consumer.position(tp) < ends[tp]}
        while left:
            for batch in consumer.poll(timeout_ms=1_000).values():
                for record in batch:
                    tp = TopicPartition(topic, record.partition)
                    if record.offset < ends[tp]:
                        yield record.partition, record.offset, record.value, record.headers
            left = {tp for tp in left if consumer.position(tp) < ends[tp]}


def _partitions(consumer: KafkaConsumer, topic: str) -> set[int]:
    numbers = consumer.partitions_for_topic(topic) if topic in consumer.topics() else None
    if not numbers:
        raise TopicMissing(f"Kafka has no topic {topic}: run `badge-engine migrate`")
    return set(numbers)


@contextmanager
def _consumer(settings: Settings) -> Iterator[KafkaConsumer]:
    with _reaching(settings):
        consumer = KafkaConsumer(
            bootstrap_servers=settings.bootstrap.split(","),
            enable_auto_commit=False,
            isolation_level="read_committed",  # a partition ends before what is still open
            **_options(settings.security, {}),
        )
        try:
            yield consumer
        finally:
            consumer.close()


@contextmanager
def admin(settings: Settings, **options: int) -> Iterator[KafkaAdminClient]:
    """A client for questions about topics and groups. Whatever Kafka refuses while it is in use
    is a BrokerUnreachable."""
    with _reaching(settings):
        client = KafkaAdminClient(
            bootstrap_servers=settings.bootstrap.split(","),
            **_options(settings.security, options),
        )
        try:
            yield client
        finally:
            client.close()


@contextmanager
def _reaching(settings: Settings) -> Iterator[None]:
    with listening(settings.security.protocol) as heard:
        try:
            yield
        except KafkaError as error:
            reason = heard.why or type(error).__name__
            raise BrokerUnreachable(f"Kafka at {settings.bootstrap}: {reason}") from None


def _options(security: Security, others: Mapping[str, int]) -> dict[str, Any]:
    patience = {"bootstrap_timeout_ms": _PATIENCE_MS, "request_timeout_ms": _PATIENCE_MS}
    return {**patience, **others, **security.kafka_python_options()}
