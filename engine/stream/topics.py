"""Topics: making them, and asking the broker where they begin and end."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.admin import NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from engine.settings import Settings
from engine.store.cursors import Origin
from events.kafka_security import Security

_DAY_MS = 86_400_000
_QUICKLY_MS = 5_000


class BrokerUnreachable(Exception):
    """No Kafka broker answers at the address given."""


class TopicMissing(Exception):
    """A topic the engine needs is not there."""


@dataclass(frozen=True, slots=True)
class Range:
    """The offsets of a partition that the broker has: from `begin` up to, not including, `end`."""

    begin: int
    end: int


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
    with _consumer(settings) as consumer:
        named = [TopicPartition(topic, number) for number in sorted(_partitions(consumer, topic))]
        begins, ends = consumer.beginning_offsets(named), consumer.end_offsets(named)
        return {tp.partition: Range(begins[tp], ends[tp]) for tp in named}


def cluster(settings: Settings) -> str:
    """The id of the cluster that answers within seconds. Raises BrokerUnreachable."""
    with _admin(settings, bootstrap_timeout_ms=_QUICKLY_MS) as admin:
        return str(admin.describe_cluster()["cluster_id"])


def origin(settings: Settings, topic: str) -> Origin:
    """Which cluster this is, and which topic by that name. Raises as `partitions` does."""
    with _admin(settings) as admin:
        cluster = admin.describe_cluster()["cluster_id"]
        for described in admin.describe_topics([topic]):
            return Origin(str(cluster), described.get("topic_id"))
    raise TopicMissing(f"Kafka has no topic {topic}: run `badge-engine migrate`")


def create(settings: Settings) -> list[str]:
    """Make the topics that are missing; gives their names. Safe to repeat.

    Raises:
        BrokerUnreachable: no answer.
    """
    retention = {"cleanup.policy": "delete"}
    activity = {"retention.ms": str(int(settings.retention_days * _DAY_MS))}
    wanted = {
        settings.activity_topic: retention | activity,
        settings.awards_topic: retention | activity,
        settings.dead_letters_topic: retention | activity,
    }
    made: list[str] = []
    with _admin(settings) as admin:
        for name, config in wanted.items():
            topic = NewTopic(
                name=name,
                num_partitions=settings.partitions,
                replication_factor=settings.replication,
                topic_configs=config,
            )
            try:
                admin.create_topics([topic])
                made.append(name)
            except TopicAlreadyExistsError:
                continue
    return made


def missing(settings: Settings, names: Iterable[str]) -> list[str]:
    """Which of these topics are not there."""
    with _consumer(settings) as consumer:
        there = consumer.topics()
    return [name for name in names if name not in there]


def _partitions(consumer: KafkaConsumer, topic: str) -> set[int]:
    found = consumer.partitions_for_topic(topic) if topic in consumer.topics() else None
    if not found:
        raise TopicMissing(f"Kafka has no topic {topic}: run `badge-engine migrate`")
    return set(found)


@contextmanager
def _consumer(settings: Settings) -> Iterator[KafkaConsumer]:
    with _reaching(settings.bootstrap):
        consumer = KafkaConsumer(
            bootstrap_servers=settings.bootstrap.split(","),
            enable_auto_commit=False,
            isolation_level="read_committed",  # a partition ends before what is still open
            **_options(settings.security),
        )
        try:
            yield consumer
        finally:
            consumer.close()


@contextmanager
def _admin(settings: Settings, **options: int) -> Iterator[KafkaAdminClient]:
    with _reaching(settings.bootstrap):
        admin = KafkaAdminClient(
            bootstrap_servers=settings.bootstrap.split(","),
            **options,
            **_options(settings.security),
        )
        try:
            yield admin
        finally:
            admin.close()


@contextmanager
def _reaching(bootstrap: str) -> Iterator[None]:
    try:
        yield
    except KafkaError as error:
        raise BrokerUnreachable(f"Kafka at {bootstrap}: {type(error).__name__}") from None


def _options(security: Security) -> dict[str, str]:
    return security.kafka_python_options()
