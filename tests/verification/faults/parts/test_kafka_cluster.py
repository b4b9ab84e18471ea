"""Kafka of one node and of three, real, behind proxies: cut, killed, and whole again."""

import uuid
from collections.abc import Iterator

import pytest
from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from tests.integration.local.processes import wait_until
from tests.integration.local.records import put
from tests.integration.stream.published import published
from tests.verification.faults.parts.brokers import Brokers
from tests.verification.faults.parts.kafka_cluster import one_broker, three_brokers

pytestmark = [
    pytest.mark.verify,
    pytest.mark.usefixtures("kafka"),  # skipped where Kafka cannot run
]

LATE = 60.0


def _topic(brokers: Brokers) -> str:
    topic = f"cluster.{uuid.uuid4().hex[:8]}"
    admin = AdminClient({"bootstrap.servers": brokers.direct})
    new = NewTopic(topic, 3, len(brokers.nodes))
    admin.create_topics([new])[topic].result(LATE)
    brokers.wait_in_sync()
    return topic


class _Reader:
    """Reads partition 0 to 2 of a topic by way of the proxies, ever on."""

    def __init__(self, brokers: Brokers, topic: str) -> None:
        self._consumer = Consumer(
            {
                "bootstrap.servers": brokers.bootstrap,
                "group.id": topic,
                "enable.auto.commit": False,
                "reconnect.backoff.max.ms": 500,
                "log_level": 0,
            }
        )
        self._consumer.assign([TopicPartition(topic, number, 0) for number in range(3)])

    def __enter__(self) -> "_Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self._consumer.close()

    def next(self, seconds: float = LATE) -> bytes | None:
        message = self._consumer.poll(seconds)
        return None if message is None or message.error() else message.value()

    def finds(self, value: bytes) -> None:
        wait_until(lambda: self.next(1.0) == value, LATE)


@pytest.fixture(scope="module")
def one() -> Iterator[Brokers]:
    with one_broker(proxied=True) as brokers:
        yield brokers


def test_clients_of_the_proxied_address_stay_behind_the_proxy(one: Brokers) -> None:
    topic, proxy = _topic(one), one.proxies[1]
    assert proxy.open == 0  # the harness is not behind it
    with _Reader(one, topic) as reader:
        put(one.direct, topic, b"first")
        reader.finds(b"first")
        assert proxy.open > 0

        assert proxy.cut() > 0
        put(one.direct, topic, b"second")
        reader.finds(b"second")

        assert proxy.blackhole() > 0
        put(one.direct, topic, b"third")
        assert reader.next(2.0) is None
        assert proxy.heal("reset") > 0
        reader.finds(b"third")

        assert proxy.refuse() > 0
        put(one.direct, topic, b"fourth")
        wait_until(lambda: proxy.counts.refused > 0)
        assert reader.next(0.5) is None
        proxy.heal()
        reader.finds(b"fourth")


def test_one_broker_that_was_killed_is_back_on_its_ports_with_its_records(one: Brokers) -> None:
    topic = _topic(one)
    assert (one.nodes, one.controller()) == ((1,), 1)
    with _Reader(one, topic) as reader:
        put(one.direct, topic, b"before")
        reader.finds(b"before")
        one.kill(1)
        assert not one.running(1)
        one.start(1)
        one.wait_in_sync()
        put(one.direct, topic, b"after")
        reader.finds(b"after")


def _settings(brokers: Brokers, topic: str) -> dict[str, str]:
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic)]
    with KafkaAdminClient(bootstrap_servers=brokers.direct.split(",")) as admin:
        config = admin.describe_configs(asked, config_filter="all")["topic"][topic]
    return {name: setting["value"] for name, setting in config.items()}


def test_three_brokers_lose_their_controller_and_nothing_else() -> None:
    with three_brokers(proxied=True) as brokers:
        topic = _topic(brokers)
        settings = _settings(brokers, topic)
        assert settings["min.insync.replicas"] == "2"
        assert settings["unclean.leader.election.enable"] == "false"
        with _Reader(brokers, topic) as reader:
            put(brokers.direct, topic, b"before")
            reader.finds(b"before")

            lost = brokers.controller()
            brokers.kill(lost)
            assert brokers.controller() != lost
            put(brokers.direct, topic, b"without")
            reader.finds(b"without")
            with pytest.raises(AssertionError, match=f"node {lost} is down"):
                brokers.wait_in_sync(seconds=0)

            brokers.start(lost)
            brokers.wait_in_sync()
            (other,) = set(brokers.nodes) - {lost, brokers.controller()}
            brokers.stop(other)
            put(brokers.direct, topic, b"without another")
            reader.finds(b"without another")

            brokers.stop_all()
            brokers.start(*brokers.nodes)
            brokers.wait_in_sync()
        values = {record.value for record in published(brokers.direct, topic)}
        assert values == {b"before", b"without", b"without another"}
