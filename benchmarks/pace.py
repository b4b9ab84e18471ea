"""Publishing at a fixed rate, and hearing what comes of it: how long kudos took to be awards.

Kudos are the facts that are an award by themselves, whatever happened before.
"""

import re
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

_KUDOS = re.compile(rb'"kudos_id":"([^"]+)"')
_AWARDED = re.compile(rb'"id":"(kudos-[^"]+)"\}\]')
_TICK_SECONDS = 0.005


@dataclass(slots=True)
class Times:
    """When each kudos was sent, and when its award was first received; seconds of one clock."""

    sent: dict[bytes, float] = field(default_factory=dict)
    received: dict[bytes, float] = field(default_factory=dict)

    def latencies(self, begin: float = 0.0, end: float = float("inf")) -> list[float]:
        """Of those sent in a span, in milliseconds, ascending. Raises KeyError if one was never
        heard of."""
        return sorted(
            1_000 * (self.received[number] - sent)
            for number, sent in self.sent.items()
            if begin <= sent < end
        )

    def all_heard(self) -> bool:
        """Whether nothing is missing."""
        return self.sent.keys() <= self.received.keys()


def percentile(ascending: Sequence[float], share: float) -> float:
    """The value that this share of all do not exceed."""
    return ascending[min(len(ascending) - 1, int(share * len(ascending)))]


def publish(
    bootstrap: str, topic: str, records: Iterable[tuple[bytes, bytes]], rate: float, times: Times
) -> float:
    """Send records, so many a second, as an idempotent publisher does; gives the rate reached."""
    producer = Producer(
        {"bootstrap.servers": bootstrap, "enable.idempotence": True, "linger.ms": 1}
    )
    began, count = time.perf_counter(), 0
    for key, value in records:
        while count >= (time.perf_counter() - began) * rate:
            producer.poll(_TICK_SECONDS)
        number = _KUDOS.search(value)
        if number is not None:
            times.sent.setdefault(number[1], time.perf_counter())
        producer.produce(topic, value, key)
        count += 1
    took = time.perf_counter() - began
    producer.flush()
    return count / took


@contextmanager
def hearing(bootstrap: str, topic: str, times: Times) -> Iterator[list[bytes]]:
    """Listen to a topic from its end on; gives every value received."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "hearing", "fetch.wait.max.ms": 10}
    )
    consumer.assign(_ends(consumer, topic))
    values: list[bytes] = []
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            for message in consumer.consume(1_000, 0.01):
                now, value = time.perf_counter(), message.value()
                if value is not None:
                    values.append(value)
                    number = _AWARDED.search(value) or _KUDOS.search(value)
                    if number is not None:
                        times.received.setdefault(number[1], now)

    listening = threading.Thread(target=listen)
    listening.start()
    try:
        yield values
    finally:
        over.set()
        listening.join()
        consumer.close()


def _ends(consumer: Consumer, topic: str) -> list[TopicPartition]:
    """Where the partitions of a topic end; one that was just made has no leader yet."""
    until = time.monotonic() + 30
    while True:
        assigned = []
        with suppress(KafkaException):
            for number in consumer.list_topics(topic, timeout=10).topics[topic].partitions:
                end = consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=10)[1]
                assigned.append(TopicPartition(topic, number, end))
            if assigned:
                return assigned
        if time.monotonic() > until:
            raise TimeoutError(f"topic {topic} has no partitions, or no leaders")
        time.sleep(0.1)


def wait_until_heard(times: Times, seconds: float = 120.0) -> None:
    """Raises TimeoutError if the award of something sent does not arrive in time."""
    until = time.monotonic() + seconds
    while not times.all_heard():
        if time.monotonic() > until:
            missing = len(times.sent.keys() - times.received.keys())
            raise TimeoutError(f"{missing} of {len(times.sent)} did not arrive")
        time.sleep(0.05)
