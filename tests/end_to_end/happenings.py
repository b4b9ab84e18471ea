"""What happens to a deployment from outside: to its topic, its group, its database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from confluent_kafka import ConsumerGroupTopicPartitions, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from kafka import KafkaProducer
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from engine.local.apache_kafka import ApacheKafka
from engine.local.folder import temporary_folder
from engine.local.ports import free_ports
from engine.store.postgres.connection import connect, transaction
from tests.end_to_end.deployment import Deployment, wait_until


class NotUtf8(str):
    """The name of a header that is not UTF-8 when it is sent."""

    def encode(self, *_arguments: Any, **_names: Any) -> bytes:
        return b"\xff\xfe"


def publish_at_once(one: Deployment, *values: bytes, topic: str | None = None) -> None:
    """Publish to partition 0 of a topic, of activity if none is named, without a process of its
    own."""
    producer = Producer({"bootstrap.servers": one.bootstrap, "linger.ms": 0})
    for value in values:
        producer.produce(topic or one.activity, value, b"loop", partition=0)
    assert producer.flush(30) == 0


def publish_large(one: Deployment, compression: str, megabytes: int) -> None:
    """Publish to partition 0 one record of so many MiB, in a batch of some kB."""
    producer = Producer(
        {
            "bootstrap.servers": one.bootstrap,
            "compression.type": compression,
            "message.max.bytes": 1_000_000_000,
        }
    )
    producer.produce(one.activity, bytes(megabytes << 20), b"loop", partition=0)
    assert producer.flush(60) == 0


def publish_not_utf8(one: Deployment, value: bytes) -> None:
    """Publish to partition 0 with a header whose name is not UTF-8."""
    producer = KafkaProducer(bootstrap_servers=one.bootstrap)
    producer.send(one.activity, value, partition=0, headers=[(NotUtf8("x"), b"")]).get(30)
    producer.close()


def delete_topic(one: Deployment, topic: str | None = None) -> None:
    """Delete a topic, that of activity if none is named; return when it is gone."""
    name = topic or one.activity
    admin = AdminClient({"bootstrap.servers": one.bootstrap})
    admin.delete_topics([name])[name].result(30)
    wait_until(lambda: name not in admin.list_topics(timeout=10).topics)


def recreate_topic(one: Deployment, topic: str | None = None) -> None:
    """Delete a topic, that of activity if none is named, and create it again, empty."""
    delete_topic(one, topic)
    name = topic or one.activity
    wait_until(lambda: name in one.run("migrate").stdout.split("topics made:")[1])


def delete_records_before(one: Deployment, offset: int) -> None:
    """Delete the records of partition 0 before an offset, as retention does."""
    admin = AdminClient({"bootstrap.servers": one.bootstrap})
    for done in admin.delete_records([TopicPartition(one.activity, 0, offset)]).values():
        done.result(30)


def committed(one: Deployment) -> int:
    """The offset that the group has committed for partition 0; below 0 if none."""
    admin = AdminClient({"bootstrap.servers": one.bootstrap})
    asked = ConsumerGroupTopicPartitions(one.name, [TopicPartition(one.activity, 0)])
    (done,) = admin.list_consumer_group_offsets([asked]).values()
    (partition,) = done.result(30).topic_partitions
    return int(partition.offset)


def change(one: Deployment, statement: str, *parameters: object) -> None:
    """Change the database by hand."""
    engine = connect(one.database, "test")
    try:
        with transaction(engine) as tx:
            tx.execute(statement, *parameters)
    finally:
        engine.dispose()


@contextmanager
def another_in_its_place(killed: ApacheKafka) -> Iterator[None]:
    """Another cluster, empty, at the address of a broker that was killed."""
    with temporary_folder("kafka") as folder:
        (port,) = free_ports(1)
        controller = f"127.0.0.1:{port}"
        options = {
            "listeners": f"PLAINTEXT://{killed.bootstrap},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{killed.bootstrap}",
            "controller.quorum.voters": f"1@{controller}",
        }
        broker = ApacheKafka(folder, options)
        broker.bootstrap = killed.bootstrap
        try:
            broker.start()
            yield
        finally:
            broker.kill()


@contextmanager
def backed_up(one: Deployment) -> Iterator[Callable[[], None]]:
    """A backup of the database, for the length of the block. Calling it restores it, whatever is
    connected. Nothing may be connected in the beginning."""
    name = make_url(one.database).database
    url = make_url(one.database).set(database="postgres")
    administrator = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def run(*statements: str) -> None:
        with administrator.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    drop = f"DROP DATABASE {name} WITH (FORCE)"
    run(f"CREATE DATABASE {name}_backup TEMPLATE {name}")
    try:
        yield lambda: run(drop, f"CREATE DATABASE {name} TEMPLATE {name}_backup")
    finally:
        run(f"DROP DATABASE {name}_backup WITH (FORCE)")
