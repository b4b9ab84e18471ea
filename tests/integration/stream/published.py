"""What stands on a topic, read from its beginning to its end."""

import time
from typing import NamedTuple

from confluent_kafka import Consumer, TopicPartition

SECONDS = 30.0


class Published(NamedTuple):
    """A record as it stands on a topic."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes
    content_type: bytes | None


def published(bootstrap: str, topic: str) -> list[Published]:
    """All records of a topic, each partition in order, up to where it ends now."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": f"reader-of-{topic}",
            "enable.auto.commit": False,
            "enable.partition.eof": False,
        }
    )
    try:
        partitions = consumer.list_topics(topic, timeout=SECONDS).topics[topic].partitions
        ends: dict[int, int] = {}
        for number in partitions:
            _, ends[number] = consumer.get_watermark_offsets(
                TopicPartition(topic, number), timeout=SECONDS
            )
        consumer.assign([TopicPartition(topic, number, 0) for number, end in ends.items() if end])
        found: list[Published] = []
        deadline = time.monotonic() + SECONDS
        while len(found) < sum(ends.values()):
            assert time.monotonic() < deadline, f"{topic}: {len(found)} of {ends} read"
            for message in consumer.consume(1_000, timeout=0.2):
                assert message.error() is None, message.error()
                headers = dict(message.headers() or [])
                value, key = message.value(), message.key()
                assert isinstance(value, bytes)
                assert key is None or isinstance(key, bytes)
                partition, offset = message.partition(), message.offset()
                assert partition is not None
                assert offset is not None
                content_type = headers.get("content-type")
                assert content_type is None or isinstance(content_type, bytes)
                found.append(Published(partition, offset, key, value, content_type))
        return sorted(found, key=lambda record: (record.partition, record.offset))
    finally:
        consumer.close()
