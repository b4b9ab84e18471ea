"""What is in the way of a topic is said at once, and once a minute for as long as it lasts."""

import pytest
from confluent_kafka import KafkaError
from psycopg import OperationalError

from engine.relay import outage
from engine.relay.outage import Outage
from engine.relay.producer import NotPublished
from engine.relay.rejection import Rejection
from tests.integration.stream.heard_log import HeardLog

AWARD = b'{"id":"5b1f","type":"mentoring.badge.awarded.v1","data":{}}'
SIGNAL = b'{"topic":"mentoring.activity","partition":3,"offset":17,"reason":"invalid"}'


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> HeardLog:
    heard = HeardLog()
    monkeypatch.setattr(outage, "log", heard)
    return heard


def _refused(code: int, value: bytes = AWARD) -> NotPublished:
    refused = Rejection("the.topic", KafkaError(code), value)
    return NotPublished(str(refused), refused)


def test_the_same_trouble_is_said_once_a_minute_and_another_at_once(log: HeardLog) -> None:
    now = 0.0
    lasting = Outage("awards", lambda: now)
    for second in range(0, 150, 5):
        now = float(second)
        lasting.met(NotPublished("no acknowledgement in time"))
    assert [line["for_seconds"] for line in log.lines] == [0, 60, 120]
    lasting.met(OperationalError("the server closed the connection\nwith rows"))
    assert log.lines[3]["error"] == "OperationalError: the server closed the connection"
    assert len(log.lines) == 4


def test_its_end_is_said_and_what_comes_later_is_new(log: HeardLog) -> None:
    now = 100.0
    lasting = Outage("awards", lambda: now)
    lasting.over()
    lasting.met(NotPublished("no"))
    now = 107.0
    lasting.over()
    lasting.over()
    lasting.met(NotPublished("no"))
    assert [(line["event"], line.get("after_seconds")) for line in log.lines] == [
        ("cannot publish, waiting", None),
        ("publishing again", 7),
        ("cannot publish, waiting", None),
    ]
    assert lasting.attempts == 1


@pytest.mark.parametrize(
    ("code", "what_to_do"),
    [
        (KafkaError.MSG_SIZE_TOO_LARGE, "raise max.message.bytes of the.topic to 1083 or more"),
        (KafkaError._UNKNOWN_TOPIC, "create the.topic again: `badge-engine migrate`"),
        (KafkaError.UNKNOWN_TOPIC_OR_PART, "create the.topic again: `badge-engine migrate`"),
        (KafkaError.TOPIC_AUTHORIZATION_FAILED, "allow the engine to write to the.topic"),
        (KafkaError._MSG_TIMED_OUT, "make Kafka reachable"),
        (KafkaError.INVALID_RECORD, "see docs/operating.md"),
    ],
)
def test_what_kafka_refused_is_named_with_what_to_do(
    log: HeardLog, code: int, what_to_do: str
) -> None:
    Outage("awards").met(_refused(code))
    (line,) = log.lines
    assert (line["topic"], line["kafka_topic"]) == ("awards", "the.topic")
    assert line["message"] == "mentoring.badge.awarded.v1 5b1f"
    assert line["bytes"] == str(len(AWARD))
    assert line["what_to_do"].startswith(what_to_do)


def test_a_signal_is_named_by_the_record_it_is_about(log: HeardLog) -> None:
    Outage("dead-letters").met(_refused(KafkaError.MSG_SIZE_TOO_LARGE, SIGNAL))
    Outage("dead-letters").met(_refused(KafkaError.MSG_SIZE_TOO_LARGE, b"\xff"))
    assert [line["message"] for line in log.lines] == [
        "dead letter of mentoring.activity partition 3 offset 17",
        "a message that cannot be read",
    ]
