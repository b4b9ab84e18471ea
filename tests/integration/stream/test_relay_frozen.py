"""A relay that is frozen is replaced; one that is only kept waiting by Kafka is not."""

import os
import signal
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine import bootstrap
from engine.relay import standby
from engine.settings import Settings
from engine.store.awards import outbox
from engine.store.awards.outbox import OutboxMessage
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from engine.stream.offsets import topics
from tests.integration.local.processes import wait_until
from tests.integration.stream.heard_log import HeardLog
from tests.integration.stream.published import published
from tests.integration.stream.wire import Wire, leave, relaying, settings_of, waiting
from tests.support.forked import ForkedProcess

SECONDS = 60.0


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url, "test")
    schema.migrate(engine)
    yield engine
    engine.dispose()


class FreezableRelay:
    """`badge-engine relay`, with a log. It counts as frozen after a second."""

    def __init__(self, settings: Settings, database_url: str, log: Path) -> None:
        self.log = log
        log.touch()
        ours = {
            "AWARDS_TOPIC": settings.awards_topic,
            "DEAD_LETTERS_TOPIC": settings.dead_letters_topic,
            "LOG_FORMAT": "json",
            "SESSION_SECONDS": "1",
        }
        environment = {
            **{name: value for name, value in os.environ.items() if "BADGE_ENGINE_" not in name},
            "KAFKA_BOOTSTRAP": settings.bootstrap,
            "DATABASE_URL": database_url,
            **{f"BADGE_ENGINE_{name}": value for name, value in ours.items()},
        }
        self.process = ForkedProcess("engine.cli.main", ["relay"], environment, log)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.process.pid, number)

    def logged(self, text: str) -> int:
        """How many lines of its log have this."""
        return self.log.read_text().count(text)


@contextmanager
def _process(settings: Settings, url: str, log: Path) -> Iterator[FreezableRelay]:
    relay = FreezableRelay(settings, url, log)
    try:
        yield relay
    finally:
        relay.signal(signal.SIGCONT)
        relay.signal(signal.SIGTERM)
        assert relay.process.wait(SECONDS) == 0


def test_a_frozen_relay_is_replaced_and_goes_on_as_a_standby_when_it_thaws(
    database: Engine, database_url: str, kafka: str, tmp_path: Path
) -> None:
    settings = settings_of(kafka, f"frozen-{uuid.uuid4().hex[:8]}")
    topics.create(settings)
    with _process(settings, database_url, tmp_path / "first") as first:
        leave(database, "0")
        wait_until(lambda: waiting(database) == 0, SECONDS)
        wait_until(lambda: first.logged('"publishing"') == 2, SECONDS)
        first.signal(signal.SIGSTOP)
        leave(database, "1")
        leave(database, "2")

        with _process(settings, database_url, tmp_path / "second") as second:
            wait_until(lambda: waiting(database) == 0, SECONDS)
            assert second.logged("ended the session of a frozen relay") == 1
            first.signal(signal.SIGCONT)
            leave(database, "3")
            wait_until(lambda: waiting(database) == 0, SECONDS)
            wait_until(lambda: first.logged("cannot publish, waiting") == 1, SECONDS)

        leave(database, "4")  # the first is at hand again
        wait_until(lambda: waiting(database) == 0, SECONDS)

    values = [record.value.decode() for record in published(kafka, settings.awards_topic)]
    assert list(dict.fromkeys(values)) == ["0", "1", "2", "3", "4"]


def test_the_server_ends_the_session_of_a_relay_whose_machine_is_gone(
    database: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Engine] = []
    monkeypatch.setattr(bootstrap, "Relays", lambda engine, *_: made.append(engine))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("BADGE_ENGINE_SESSION_SECONDS", "10")
    with bootstrap.relays(Settings()), transaction(made[0]) as tx:
        # Not by SHOW: over a socket of the same machine they are not in force.
        kept: dict[str, str] = dict(
            tx.rows("SELECT name, reset_val FROM pg_settings WHERE name ~ '^tcp_'")
        )
    assert kept == {
        "tcp_keepalives_idle": "5",
        "tcp_keepalives_interval": "1",
        "tcp_keepalives_count": "4",
        "tcp_user_timeout": "10000",
    }


class WaitingWire(Wire):
    """Kafka does not answer until `answers`, and `publish` says that it lives meanwhile."""

    answers = False

    def publish(
        self, messages: Iterable[OutboxMessage], alive: Callable[[], object] = bool
    ) -> None:
        def answered() -> bool:
            alive()
            return self.answers

        wait_until(answered)
        super().publish(messages)


def test_a_relay_that_waits_for_kafka_is_left_alone(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, first, second = HeardLog(), WaitingWire(), Wire()
    monkeypatch.setattr(standby, "log", log)

    def oldest() -> float:
        with transaction(database) as tx:
            return outbox.oldest_seconds(tx, "awards")

    leave(database, "0")
    with relaying(database, first, session_seconds=1):
        wait_until(lambda: _held(database))
        with relaying(database, second, session_seconds=1):
            wait_until(lambda: oldest() > 4)
            first.answers = True
            wait_until(lambda: waiting(database) == 0)
    assert [line["event"] for line in log.lines] == [
        "messages wait, and another relay is to publish them"
    ]
    assert (len(first.sent), second.sent) == (1, [])


def _held(database: Engine) -> bool:
    with transaction(database) as tx:
        return bool(tx.rows("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"))
