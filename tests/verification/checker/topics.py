"""Reading a topic whole, as a subscriber who takes no part in aborted transactions."""

import time

from confluent_kafka import Consumer, KafkaError, Message, TopicPartition

from tests.verification.checker.seen import PublishedRecord, Span, Topic

_SECONDS = 120.0
_AT_ONCE = 10_000


class NotRead(Exception):
    """A topic could not be read to its end in time, so nothing can be said about it."""


def read_topic(bootstrap: str, name: str) -> Topic:
    """All committed records of a topic, up to where its partitions end now.

    A partition ends where the broker says that it ends, not at its last record: the markers of
    transactions take offsets too, and stand in no record.
    """
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": f"checker-of-{name}",
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
            "auto.offset.reset": "error",
            "fetch.wait.max.ms": 50,
        }
    )
    try:
        return _read(consumer, name)
    finally:
        consumer.close()


def _read(consumer: Consumer, name: str) -> Topic:
    found = consumer.list_topics(name, timeout=_SECONDS).topics[name]
    if found.error is not None:
        raise NotRead(f"{name}: {found.error}")
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for number in found.partitions:
        partition = TopicPartition(name, number)
        begins[number], ends[number] = consumer.get_watermark_offsets(partition, timeout=_SECONDS)
    consumer.assign([TopicPartition(name, number, begin) for number, begin in begins.items()])
    records: list[PublishedRecord] = []
    reached = dict(begins)
    deadline = time.monotonic() + _SECONDS
    while any(reached[number] < end for number, end in ends.items()):
        if time.monotonic() > deadline:
            raise NotRead(f"{name}: read to {reached}, but the partitions end at {ends}")
        for message in consumer.consume(_AT_ONCE, timeout=0.2):
            number, offset = message.partition(), message.offset()
            assert number is not None
            assert offset is not None
            error = message.error()
            if error is None:
                if offset < ends[number]:
                    records.append(_record(message, number, offset))
                reached[number] = offset + 1
            elif error.code() == KafkaError._PARTITION_EOF:
                reached[number] = max(reached[number], offset)
            else:
                raise NotRead(f"{name} partition {number}: {error}")
    records.sort(key=lambda record: (record.partition, record.offset))
    return Topic(name, {n: Span(begins[n], ends[n]) for n in begins}, tuple(records))


def _record(message: Message, partition: int, offset: int) -> PublishedRecord:
    key, value, headers = message.key(), message.value(), message.headers()
    assert key is None or isinstance(key, bytes)
    assert value is None or isinstance(value, bytes)
    return PublishedRecord(
        partition, offset, key, value, tuple(_header(pair) for pair in headers or ())
    )


def _header(pair: object) -> tuple[str, bytes | None]:
    assert isinstance(pair, tuple)
    name, text = pair
    assert isinstance(name, str)
    assert text is None or isinstance(text, bytes)
    return name, text
