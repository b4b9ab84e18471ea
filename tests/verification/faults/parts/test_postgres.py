"""Faults of PostgreSQL happen, to those they are meant for, and can be proven."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import AdminShutdown, DiskFull, ReadOnlySqlTransaction
from sqlalchemy.exc import DBAPIError

from engine.local.embedded_postgres import embedded_postgres
from engine.store.postgres.connection import connect, transaction
from tests.integration.local.processes import wait_until
from tests.verification.faults.parts import postgres
from tests.verification.faults.parts.direct import connected

pytestmark = pytest.mark.verify


@pytest.fixture
def url(database_url: str) -> str:
    with connected(database_url) as direct:
        direct.execute("CREATE TABLE facts (n int8)")
    return database_url


@pytest.fixture
def worker(url: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with connected(url) as connection:
        connection.execute("SET application_name = 'badge-engine-worker'")
        yield connection


def _count(url: str) -> int:
    with connected(url) as direct:
        row = direct.execute("SELECT count(*) FROM facts").fetchone()
    assert row is not None
    return int(row[0])


def test_a_restart_ends_every_connection_and_keeps_what_was_committed() -> None:
    with embedded_postgres() as server, connected(server.url) as before:
        before.execute("SELECT 1 AS n INTO facts")
        assert postgres.restart(server) > 0
        with pytest.raises(psycopg.OperationalError):
            before.execute("SELECT 1")
        assert _count(server.url) == 1


def test_a_server_is_read_only_for_the_length_of_the_block_in_open_sessions_too() -> None:
    with embedded_postgres() as server, connected(server.url) as session:
        session.execute("CREATE TABLE facts (n int8)")
        with postgres.read_only(server.url) as refused:
            wait_until(lambda: _is_read_only(session))
            assert refused() == 0
            with pytest.raises(ReadOnlySqlTransaction):
                session.execute("INSERT INTO facts VALUES (1)")
            wait_until(lambda: refused() == 1)
        wait_until(lambda: not _is_read_only(session))
        session.execute("INSERT INTO facts VALUES (2)")
        assert _count(server.url) == 1


def _is_read_only(session: "psycopg.Connection[tuple[object, ...]]") -> bool:
    return session.execute("SHOW transaction_read_only").fetchone() == ("on",)


def test_terminate_ends_the_connections_of_one_application_and_counts_them(
    url: str, worker: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    with connected(url) as other:
        assert postgres.terminate(url, "badge-engine-worker") == 1
        with pytest.raises((AdminShutdown, psycopg.OperationalError)):
            worker.execute("SELECT 1")
        other.execute("SELECT 1")
    assert postgres.terminate(url, "badge-engine-worker") == 0


def test_a_held_lock_is_waited_for_until_the_block_ends(
    url: str, worker: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    with postgres.locked(url, "facts") as lock:
        assert lock.waiting() == 0
        writer = threading.Thread(target=worker.execute, args=("INSERT INTO facts VALUES (1)",))
        writer.start()
        wait_until(lambda: lock.waiting() == 1)
    writer.join(20)
    assert _count(url) == 1


def test_a_full_disk_fails_so_many_statements_whatever_becomes_of_their_transactions(
    url: str, worker: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    with postgres.disk_full(url, "facts", 2) as disk:
        for _ in range(2):
            with pytest.raises(DiskFull):
                worker.execute("INSERT INTO facts VALUES (1)")
        worker.execute("INSERT INTO facts VALUES (1)")
        assert disk.raised() == 2
    assert (disk.raised(), _count(url)) == (2, 1)


def test_a_full_disk_fails_a_copy_of_the_engine_and_is_gone_after_the_block(url: str) -> None:
    def copy() -> None:
        with transaction(engine) as tx:
            tx.copy("facts", ["n"], ["int8"], [(1,), (2,)])

    engine = connect(url, "badge-engine-worker")
    try:
        refused = pytest.raises((DiskFull, DBAPIError), match="No space left on device")
        with postgres.disk_full(url, "facts", 9) as disk, refused:
            copy()
        assert disk.raised() == 1
        copy()
    finally:
        engine.dispose()
    with connected(url) as direct:
        row = direct.execute("SELECT count(*), to_regnamespace('faults') FROM facts").fetchone()
    assert row == (2, None)
