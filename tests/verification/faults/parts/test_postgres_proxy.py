"""Cuts at COMMIT and in COPY, through the engine's own connections, on a real PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from psycopg import OperationalError
from psycopg.errors import ForeignKeyViolation
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.store.postgres.connection import Transaction, connect, transaction
from tests.integration.local.processes import wait_until
from tests.verification.faults.parts.direct import connected
from tests.verification.faults.parts.postgres_proxy import RELAY, WORKER, PostgresProxy

pytestmark = pytest.mark.verify

LATE = 20.0
ERRORS = (OperationalError, DBAPIError)


@pytest.fixture
def proxy(database_url: str) -> Iterator[PostgresProxy]:
    with connected(database_url) as direct:
        direct.execute("CREATE TABLE facts (n int8 PRIMARY KEY)")
    with PostgresProxy(database_url) as running:
        yield running


@contextmanager
def _engine(proxy: PostgresProxy, application: str = WORKER) -> Iterator[Engine]:
    engine = connect(proxy.url, application)
    try:
        yield engine
    finally:
        engine.dispose()


def _write(engine: Engine, number: int) -> None:
    with transaction(engine) as tx:
        tx.execute("INSERT INTO facts VALUES (%s)", number)


def _copy(tx: Transaction, rows: int) -> None:
    tx.copy("facts", ["n"], ["int8"], ((n,) for n in range(rows)))


def _facts(url: str) -> int:
    with connected(url) as direct:
        row = direct.execute("SELECT count(*) FROM facts").fetchone()
    assert row is not None
    return int(row[0])


def test_a_cut_before_the_commit_leaves_nothing_and_the_client_knows_of_an_error(
    proxy: PostgresProxy, database_url: str
) -> None:
    with _engine(proxy) as engine:
        _write(engine, 1)
        trap = proxy.cut_at_commit("before", WORKER)
        with pytest.raises(ERRORS):
            _write(engine, 2)
        assert trap.wait(LATE)
        assert (trap.outcome, trap.application) == ("dropped", WORKER)
        assert _facts(database_url) == 1
        _write(engine, 2)  # it was for once
    assert _facts(database_url) == 2


def test_a_cut_after_the_commit_has_committed_and_the_client_knows_of_an_error(
    proxy: PostgresProxy, database_url: str
) -> None:
    with _engine(proxy) as engine:
        trap = proxy.cut_at_commit("after", WORKER)
        with pytest.raises(ERRORS):
            _write(engine, 1)
        assert trap.wait(LATE)
        assert trap.outcome == "committed"
        assert _facts(database_url) == 1
        _write(engine, 2)
    assert _facts(database_url) == 2


def test_a_commit_the_server_refuses_is_not_told_as_committed(
    proxy: PostgresProxy, database_url: str
) -> None:
    with connected(database_url) as direct:
        direct.execute(
            "CREATE TABLE awards (n int8 REFERENCES facts DEFERRABLE INITIALLY DEFERRED)"
        )
    with _engine(proxy) as engine:
        trap = proxy.cut_at_commit("after", WORKER)
        with pytest.raises(ERRORS) as error, transaction(engine) as tx:
            tx.execute("INSERT INTO awards VALUES (7)")
        assert not isinstance(getattr(error.value, "orig", None), ForeignKeyViolation)
        assert trap.wait(LATE)
        assert trap.outcome == "not committed"


def test_a_held_commit_reaches_the_server_when_it_is_released(
    proxy: PostgresProxy, database_url: str
) -> None:
    with _engine(proxy) as engine:
        trap = proxy.cut_at_commit("held", WORKER)
        writer = threading.Thread(target=_write, args=(engine, 1))
        writer.start()
        assert trap.wait(LATE)
        assert (trap.outcome, _facts(database_url)) == ("held", 0)
        assert trap.release() == 1
        writer.join(LATE)
        assert not writer.is_alive()
        assert _facts(database_url) == 1
        assert trap.release() == 0


def test_only_the_application_and_the_transactions_asked_for_are_hit(
    proxy: PostgresProxy, database_url: str
) -> None:
    with _engine(proxy) as worker, _engine(proxy, RELAY) as relay:
        trap = proxy.cut_at_commit("before", WORKER, containing=b"INSERT INTO facts")
        _write(relay, 1)
        with transaction(worker) as tx:
            tx.rows("SELECT n FROM facts")
        assert not trap.wait(0)
        with pytest.raises(ERRORS):
            _write(worker, 2)
        assert trap.wait(LATE)
    assert _facts(database_url) == 1


def test_what_an_earlier_transaction_sent_does_not_count(
    proxy: PostgresProxy, database_url: str
) -> None:
    with _engine(proxy) as engine:
        trap = proxy.cut_at_commit("before", WORKER, containing=b"INSERT INTO facts")
        with suppress(ZeroDivisionError), transaction(engine) as tx:
            tx.execute("INSERT INTO facts VALUES (1)")
            raise ZeroDivisionError
        with transaction(engine) as tx:
            tx.rows("SELECT n FROM facts")
        assert trap.disarm()
        _write(engine, 1)
        assert (trap.outcome, trap.wait(0), trap.disarm()) == ("disarmed", False, False)


def test_a_reset_in_the_middle_of_a_copy_leaves_nothing(
    proxy: PostgresProxy, database_url: str
) -> None:
    with _engine(proxy) as engine:
        trap = proxy.cut_in_copy("reset", WORKER, containing=b'"facts"')
        with pytest.raises(ERRORS), transaction(engine) as tx:
            _copy(tx, 50_000)
        assert trap.wait(LATE)
        assert trap.outcome == "reset"
        assert _facts(database_url) == 0


@pytest.mark.parametrize("rows", [1, 50_000])
def test_a_copy_that_was_frozen_goes_on_to_its_end(
    proxy: PostgresProxy, database_url: str, rows: int
) -> None:
    def write() -> None:
        with transaction(engine) as tx:
            _copy(tx, rows)

    with _engine(proxy) as engine:
        trap = proxy.cut_in_copy("freeze", WORKER)
        writer = threading.Thread(target=write)
        writer.start()
        assert trap.wait(LATE)
        wait_until(lambda: _copying(database_url) == 1)
        assert _facts(database_url) == 0
        assert trap.release() == 1
        writer.join(LATE)
        assert not writer.is_alive()
        assert _facts(database_url) == rows


def _copying(url: str) -> int:
    with connected(url) as direct:
        row = direct.execute("SELECT count(*) FROM pg_stat_progress_copy").fetchone()
    assert row is not None
    return int(row[0])
