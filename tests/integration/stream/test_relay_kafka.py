"""The relay on a real broker, which goes away and comes back."""

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.local.apache_kafka import ApacheKafka
from engine.relay.producer import Publishing
from engine.store.awards import outbox
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from engine.stream.offsets import topics
from tests.integration.local.processes import wait_until
from tests.integration.stream.published import published
from tests.integration.stream.wire import (
    leave,
    message,
    relaying,
    relaying_all,
    settings_of,
    signal,
    waiting,
)


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url, "test")
    schema.migrate(engine)
    yield engine
    engine.dispose()


def test_messages_keep_key_bytes_and_content_type(database: Engine, kafka: str) -> None:
    settings = settings_of(kafka, f"relay-{uuid.uuid4().hex[:8]}")
    topics.create(settings)
    with transaction(database) as tx:
        outbox.put(tx, [message("{}"), signal("[]")])

    with relaying_all(database, lambda: Publishing(settings)):
        wait_until(lambda: waiting(database) == waiting(database, "dead-letters") == 0)

    (award,) = published(kafka, settings.awards_topic)
    (letter,) = published(kafka, settings.dead_letters_topic)
    assert (award.key, award.value) == (b"ann", b"{}")
    assert award.content_type == b"application/cloudevents+json; charset=UTF-8"
    assert (letter.key, letter.value) == (None, b"[]")
    assert letter.content_type == b"application/json"


def test_a_broker_that_goes_away_and_comes_back_gets_everything_in_order(
    database: Engine, restartable_kafka: ApacheKafka
) -> None:
    settings = settings_of(restartable_kafka.bootstrap, "relay")
    topics.create(settings)
    with relaying(database, Publishing(settings)):
        leave(database, "0")
        wait_until(lambda: waiting(database) == 0)

        restartable_kafka.kill()
        for number in range(1, 20):
            leave(database, f"{number}")
        restartable_kafka.start()

        wait_until(lambda: waiting(database) == 0, seconds=60)

    values = [record.value.decode() for record in published(settings.bootstrap, "relay.awards")]
    first_of_each = list(dict.fromkeys(values))
    assert first_of_each == [f"{number}" for number in range(20)]
