"""Whoever does not answer is not waited for without end: brokers, networks, locks."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url

from engine import bootstrap
from engine.settings import Settings
from engine.store.postgres import locks, schema
from engine.store.postgres.connection import connect, transaction
from engine.store.postgres.schema import SchemaBusy
from engine.stream.offsets import topics
from engine.stream.offsets.topics import BrokerUnreachable
from tests.project.security.door import door
from tests.project.security.settings import settings


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings for a broker that takes connections and never says anything."""
    monkeypatch.setattr(topics, "_PATIENCE_MS", 600)
    monkeypatch.setattr(topics, "_QUICKLY_MS", 600)
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        yield settings(monkeypatch, f"127.0.0.1:{listener.getsockname()[1]}", {})


@pytest.mark.parametrize(
    "question",
    [
        topics.cluster,
        topics.create,
        lambda loaded: topics.ranges(loaded, "t"),
        lambda loaded: topics.described(loaded, "t"),
        lambda loaded: topics.missing(loaded, ["t"]),
    ],
    ids=["cluster", "create", "ranges", "described", "missing"],
)
def test_a_broker_that_says_nothing_is_given_up(
    silent: Settings, question: Callable[[Settings], object]
) -> None:
    began = time.monotonic()
    with pytest.raises(BrokerUnreachable):
        question(silent)
    assert time.monotonic() - began < 5


def test_a_worker_asks_for_its_positions_in_less_time_than_it_has() -> None:
    # What it asks of Kafka one after the other must not take as long as Faust waits for a seek.
    assert topics._PATIENCE_MS + topics._QUICKLY_MS < 20_000


@contextmanager
def _over_tcp(database_url: str) -> Iterator[str]:
    address = make_url(database_url)
    if "host" not in address.query:
        yield database_url
        return
    path = f"{address.query['host']}/.s.PGSQL.{address.query.get('port', 5432)}"
    with door(path) as port:
        yield f"postgresql://postgres@127.0.0.1:{port}/{address.database}"


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Linux only")
def test_a_network_that_drops_everything_ends_a_connection(database_url: str) -> None:
    with _over_tcp(database_url) as url:
        engine = connect(url, "test", silence_seconds=12)
        with engine.connect() as connection:
            link = connection.connection.driver_connection
            assert link is not None
            with socket.socket(fileno=socket.dup(link.fileno())) as seen:
                option = seen.getsockopt
                assert option(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
                idle = option(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
                every = option(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL)
                assert idle + every * option(socket.IPPROTO_TCP, socket.TCP_KEEPCNT) <= 14
                assert option(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 12_000
        engine.dispose()


def test_an_address_may_say_otherwise(database_url: str) -> None:
    mark = "&" if "?" in database_url else "?"
    engine = connect(f"{database_url}{mark}connect_timeout=3&tcp_user_timeout=7000", "test")
    with engine.connect() as connection:
        link = connection.connection.driver_connection
        assert link is not None
        told = link.info.get_parameters()
    engine.dispose()
    assert (told["connect_timeout"], told["tcp_user_timeout"]) == ("3", "7000")


def test_migrate_does_not_wait_for_ever(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(schema, "_PATIENCE_SECONDS", 0.2)
    engine = connect(database_url, "test")
    with transaction(engine) as tx:
        tx.execute(f"SELECT pg_advisory_xact_lock({locks.MIGRATION})")
        with pytest.raises(SchemaBusy, match="another migrate"):
            bootstrap.migrate(settings(monkeypatch, "127.0.0.1:1", {}))
    engine.dispose()
