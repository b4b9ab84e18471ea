"""A record in and out of a broker, for tests that ask whether a broker works."""

import uuid

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

DEADLINE_SECONDS = 20.0


def new_topic(bootstrap: str) -> str:
    """Make a topic of one partition; its name."""
    topic = f"local.{uuid.uuid4().hex[:8]}"
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.create_topics([NewTopic(topic, 1, 1)])[topic].result(timeout=DEADLINE_SECONDS)
    return topic


def put(bootstrap: str, topic: str, value: bytes) -> None:
    """Write one record and wait until the broker has it."""
    producer = Producer({"bootstrap.servers": bootstrap, "acks": "all"})
    producer.produce(topic, value)
    assert producer.flush(DEADLINE_SECONDS) == 0


def take(bootstrap: str, topic: str) -> bytes | None:
    """The first record of the topic."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": topic, "enable.auto.commit": False}
    )
    try:
        # Assigned, not subscribed: the embedded broker takes its time over groups.
        consumer.assign([TopicPartition(topic, 0, 0)])
        message = consumer.poll(DEADLINE_SECONDS)
        return None if message is None else message.value()
    finally:
        consumer.close()
