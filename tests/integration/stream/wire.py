"""A wire that takes messages for Kafka's part, and can break as Kafka or we do."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Engine

from engine.relay.producer import NotPublished, Publishing
from engine.relay.relay import Relay
from engine.relay.relays import Relays
from engine.settings import Settings
from engine.store.awards import outbox
from engine.store.awards.outbox import OutboxMessage, Topic
from engine.store.postgres.connection import transaction

SECONDS = 20.0

Running = TypeVar("Running", Relay, Relays)


class Crash(Exception):
    """The relay's process ends here."""


class Wire(Publishing):
    """Keeps what it is given. `refuse` and `crash`: how many times still to fail before taking
    anything, and after taking everything."""

    def __init__(self, refuse: int = 0, crash: int = 0) -> None:
        self.sent: list[OutboxMessage] = []
        self.refuse, self.crash = refuse, crash

    def publish(
        self, messages: Iterable[OutboxMessage], alive: Callable[[], object] = bool
    ) -> None:
        """As Publishing does."""
        given = list(messages)
        if self.refuse:
            self.refuse -= 1
            self.sent += given[: len(given) // 2]
            raise NotPublished("not now")
        self.sent += given
        if self.crash:
            self.crash -= 1
            raise Crash

    def listen(self) -> None:
        """Nothing to be heard."""


def message(text: str, key: str = "ann") -> OutboxMessage:
    """A message about awards."""
    return OutboxMessage("awards", key.encode(), text.encode())


def signal(text: str) -> OutboxMessage:
    """A message about a dead letter."""
    return OutboxMessage("dead-letters", None, text.encode())


def leave(engine: Engine, *texts: str) -> None:
    """Commit a row of messages about awards."""
    leave_messages(engine, *map(message, texts))


def leave_messages(engine: Engine, *messages: OutboxMessage) -> None:
    """Commit messages."""
    with transaction(engine) as tx:
        outbox.put(tx, messages)


def waiting(engine: Engine, topic: Topic = "awards") -> int:
    """How many messages wait for a topic."""
    with transaction(engine) as tx:
        return outbox.waiting(tx)[topic].messages


@contextmanager
def relaying(
    engine: Engine, wire: Publishing, topic: Topic = "awards", session_seconds: float = 10.0
) -> Iterator[Relay]:
    """A relay of one topic in a thread, stopped in the end."""
    with _running(Relay(engine, topic, lambda: wire, session_seconds)) as relay:
        yield relay


@contextmanager
def relaying_all(engine: Engine, publishing: Callable[[], Publishing]) -> Iterator[Relays]:
    """A relay of every topic, in a thread, stopped in the end."""
    with _running(Relays(engine, publishing)) as relays:
        yield relays


@contextmanager
def _running(relay: Running) -> Iterator[Running]:
    thread = threading.Thread(target=relay.run)
    thread.start()
    try:
        yield relay
    finally:
        relay.stop()
        thread.join(SECONDS)
        assert not thread.is_alive()


def settings_of(bootstrap: str, name: str) -> Settings:
    """Settings with topics of one's own."""
    return Settings(
        KAFKA_BOOTSTRAP=bootstrap,
        activity_topic=f"{name}.activity",
        governance_topic=f"{name}.governance",
        awards_topic=f"{name}.awards",
        dead_letters_topic=f"{name}.dead-letters",
        partitions=3,
    )
