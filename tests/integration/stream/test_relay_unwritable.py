"""On real Kafka: a topic that cannot be written holds up itself, says so, and loses nothing."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from engine.relay import outage
from engine.relay.producer import NotPublished, Publishing
from engine.settings import Settings
from engine.store.awards import outbox
from engine.store.awards.outbox import OutboxMessage
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from engine.stream.offsets import topics
from tests.integration.local.processes import wait_until
from tests.integration.stream.administration import delete_topic, limit_batches
from tests.integration.stream.heard_log import HeardLog
from tests.integration.stream.published import published
from tests.integration.stream.wire import (
    leave_messages,
    relaying,
    relaying_all,
    settings_of,
    waiting,
)

Act = Callable[[Settings], object]

AS_KAFKA_HAS_IT = 1_048_588


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url, "test")
    schema.migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(kafka: str) -> Settings:
    found = settings_of(kafka, f"apart-{uuid.uuid4().hex[:8]}")
    topics.create(found)
    return found


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> HeardLog:
    heard = HeardLog()
    monkeypatch.setattr(outage, "log", heard)
    return heard


def _award(number: int, size: int = 0) -> OutboxMessage:
    return OutboxMessage(
        "awards", b"ann", b'{"id":"%d","type":"award","x":"%s"}' % (number, b"x" * size)
    )


def _signal(offset: int) -> OutboxMessage:
    value = b'{"topic":"activity","partition":0,"offset":%d}' % offset
    return OutboxMessage("dead-letters", None, value)


_PROBE = _signal(99)


def _values(settings: Settings, topic: outbox.Topic) -> list[bytes]:
    return [record.value for record in published(settings.bootstrap, settings.topic_of(topic))]


def _writable(settings: Settings) -> bool:
    """Whether the dead-letters topic is, now that all brokers know what was done to it."""
    try:
        Publishing(settings).publish([_PROBE])
    except NotPublished:
        return False
    return True


def _make_too_small(settings: Settings) -> None:
    limit_batches(settings.bootstrap, settings.dead_letters_topic, 1)


def _enlarge(settings: Settings) -> None:
    limit_batches(settings.bootstrap, settings.dead_letters_topic, AS_KAFKA_HAS_IT)


def _delete(settings: Settings) -> None:
    delete_topic(settings.bootstrap, settings.dead_letters_topic)


@pytest.mark.parametrize(
    ("unmake", "mend", "what_to_do"),
    [
        (_make_too_small, _enlarge, "raise max.message.bytes of {} to "),
        (_delete, topics.create, "create {} again"),
    ],
    ids=["too small", "deleted"],
)
def test_awards_go_on_without_the_dead_letters_topic_and_its_signals_come_once_it_is_mended(
    database: Engine, settings: Settings, log: HeardLog, unmake: Act, mend: Act, what_to_do: str
) -> None:
    with relaying_all(database, lambda: Publishing(settings)):
        leave_messages(database, _signal(0))
        wait_until(lambda: waiting(database, "dead-letters") == 0)

        unmake(settings)
        wait_until(lambda: not _writable(settings))
        for number in range(1, 5):
            leave_messages(database, _award(number), _signal(number))
        wait_until(lambda: waiting(database) == 0)
        wait_until(lambda: bool(log.of("cannot publish, waiting")))
        assert waiting(database, "dead-letters") == 4

        mend(settings)
        wait_until(lambda: waiting(database, "dead-letters") == 0, seconds=60)

    assert _values(settings, "awards") == [_award(number).value for number in range(1, 5)]
    there = set(_values(settings, "dead-letters")) - {_signal(0).value, _PROBE.value}
    assert sorted(there) == [_signal(number).value for number in range(1, 5)]
    said = log.of("cannot publish, waiting")[0]
    assert said["topic"] == "dead-letters"
    assert said["message"] == "dead letter of activity partition 0 offset 1"
    assert said["bytes"] == str(len(_signal(1).value))
    assert said["what_to_do"].startswith(what_to_do.format(settings.dead_letters_topic))


def test_a_message_too_large_for_its_topic_is_named_and_what_is_before_it_comes_once(
    database: Engine, settings: Settings, log: HeardLog
) -> None:
    limit_batches(settings.bootstrap, settings.awards_topic, 10_000)
    before, after = [_award(n) for n in range(20)], [_award(n) for n in range(21, 40)]
    leave_messages(database, *before[:5])
    leave_messages(database, *before[5:], _award(20, size=20_000), *after)
    with relaying(database, Publishing(settings)):
        wait_until(lambda: len(log.of("cannot publish, waiting")) > 0)
        wait_until(lambda: waiting(database) == 20)  # the row lost what Kafka has of it
        at_first = _values(settings, "awards")

        limit_batches(settings.bootstrap, settings.awards_topic, AS_KAFKA_HAS_IT)
        wait_until(lambda: waiting(database) == 0, seconds=30)

    assert at_first == [award.value for award in before]
    assert _values(settings, "awards")[20:] == [_award(20, size=20_000).value] + [
        award.value for award in after
    ]
    (said,) = log.of("cannot publish, waiting")
    assert (said["message"], said["bytes"]) == ("award 20", str(len(_award(20, 20_000).value)))
    enough = len(_award(20, 20_000).value) + 1_024
    assert said["what_to_do"] == (
        f"raise max.message.bytes of {settings.awards_topic} to {enough} or more"
    )


def test_a_message_of_megabytes_is_for_the_topic_to_take_or_refuse(settings: Settings) -> None:
    limit_batches(settings.bootstrap, settings.awards_topic, 5_000_000)
    large = _award(1, size=3_000_000)
    Publishing(settings).publish([large])
    assert _values(settings, "awards") == [large.value]


def test_messages_behind_a_refused_batch_do_not_overtake_it(settings: Settings) -> None:
    limit_batches(settings.bootstrap, settings.awards_topic, 600_000)
    messages = [_award(number, size=300) for number in range(3_500)]  # a batch and a third
    with pytest.raises(NotPublished, match="MSG_SIZE_TOO_LARGE"):
        Publishing(settings).publish(messages)
    there = _values(settings, "awards")
    assert there == [message.value for message in messages[: len(there)]]


def test_the_error_names_the_topic_and_what_the_client_last_met(settings: Settings) -> None:
    nowhere = settings.model_copy(update={"awards_topic": "no.such.topic"})
    with pytest.raises(NotPublished) as caught:
        Publishing(nowhere).publish([_award(1)])
    refused = caught.value.refused
    assert refused is not None
    assert refused.topic == "no.such.topic"
    assert refused.what_to_do() == "create no.such.topic again: `badge-engine migrate`"


def test_what_was_stuck_is_published_in_the_order_of_its_commits(
    database: Engine, settings: Settings
) -> None:
    limit_batches(settings.bootstrap, settings.awards_topic, 1)
    with relaying(database, Publishing(settings)):
        for number in range(30):
            leave_messages(database, _award(number))
        with transaction(database) as tx:
            assert outbox.waiting(tx)["awards"].messages == 30
        limit_batches(settings.bootstrap, settings.awards_topic, AS_KAFKA_HAS_IT)
        wait_until(lambda: waiting(database) == 0, seconds=30)
    first_of_each = list(dict.fromkeys(_values(settings, "awards")))
    assert first_of_each == [_award(number).value for number in range(30)]
