"""The publisher: each record once, in order, at its rate, while a broker goes and comes."""

import itertools
import time
import uuid
from collections.abc import Iterator

import pytest
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from engine.local.apache_kafka import ApacheKafka
from engine.local.ports import free_ports
from events.publisher import Publisher as EnginesOwn
from tests.integration.local.processes import wait_until
from tests.integration.stream.published import published
from tests.verification.faults.parts.publisher import HistoryPublisher, SentRecord

pytestmark = pytest.mark.verify

LATE = 60.0


def _topic(bootstrap: str) -> str:
    topic = f"publisher.{uuid.uuid4().hex[:8]}"
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.create_topics([NewTopic(topic, 4, 1)])[topic].result(LATE)
    return topic


def _records() -> Iterator[SentRecord]:
    return (SentRecord(b"loop-%d" % (n % 7), b"%d" % n) for n in itertools.count())


def _by_key(bootstrap: str, topic: str) -> dict[bytes | None, list[int]]:
    read: dict[bytes | None, list[int]] = {}
    for record in published(bootstrap, topic):
        read.setdefault(record.key, []).append(int(record.value))
    return read


def _publishes(publisher: HistoryPublisher, more: int) -> None:
    enough = publisher.published + more
    wait_until(lambda: publisher.published >= enough, LATE)


def _takes(publisher: HistoryPublisher, more: int) -> None:
    enough = publisher.sent + more
    wait_until(lambda: publisher.sent >= enough, LATE)


def test_a_broker_that_is_killed_twice_gets_each_record_once_and_those_of_a_key_in_order(
    restartable_kafka: ApacheKafka,
) -> None:
    broker, topic = restartable_kafka, _topic(restartable_kafka.bootstrap)
    with HistoryPublisher(broker.bootstrap, topic, _records(), rate=1000) as publisher:
        for _ in range(2):
            _publishes(publisher, 300)
            broker.kill()
            _takes(publisher, 200)
            assert publisher.published < publisher.sent
            broker.start()
        _publishes(publisher, 2_000)
        count = publisher.stop()

    read = _by_key(broker.bootstrap, topic)
    assert sorted(n for numbers in read.values() for n in numbers) == list(range(count))
    assert all(numbers == sorted(numbers) for numbers in read.values())


def test_it_ends_with_its_records_and_keeps_to_its_rate(kafka: str) -> None:
    topic, began = _topic(kafka), time.monotonic()
    records = itertools.islice(_records(), 101)
    with HistoryPublisher(kafka, topic, records, rate=200) as publisher:
        assert publisher.wait(LATE)
        assert time.monotonic() - began >= 0.5
        assert publisher.finished
        assert (publisher.sent, publisher.published, publisher.stop()) == (101, 101, 101)


def test_keys_go_where_the_engines_own_publisher_puts_them(kafka: str) -> None:
    topic = _topic(kafka)
    keys = [f"loop-{n}" for n in range(30)]
    records = [
        SentRecord(key.encode(), b"ours", (("content-type", b"text/plain"),)) for key in keys
    ]
    with HistoryPublisher(kafka, topic, records) as publisher:
        assert publisher.wait(LATE)
    with EnginesOwn(kafka, source="/test", topic=topic) as own:
        for key in keys:
            own.send_raw(b"own", key.encode())
    read = published(kafka, topic)
    places = {(record.key, record.partition) for record in read}
    assert len(places) == len(keys)
    assert {record.content_type for record in read if record.value == b"ours"} == {b"text/plain"}


def test_a_record_that_can_never_be_sent_ends_it_with_an_error(kafka: str) -> None:
    publisher = HistoryPublisher(kafka, _topic(kafka), [SentRecord(b"k", bytes(2_000_000))])
    with pytest.raises(KafkaException, match="too large"), publisher:
        publisher.wait(LATE)


def test_unacknowledged_records_are_named_when_it_is_told_to_stop() -> None:
    (unused,) = free_ports(1)
    with HistoryPublisher(f"127.0.0.1:{unused}", "nowhere", _records(), rate=500) as publisher:
        _takes(publisher, 10)
        with pytest.raises(TimeoutError, match=r"(\d+) of \1 records are not acknowledged"):
            publisher.stop(seconds=0.2)
        assert not publisher.finished
