"""A read-only database is waited for like one that is away."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.handlers.retry import attempts
from engine.relay import outage
from engine.store.postgres.connection import DatabaseReadOnly, transaction
from tests.integration.handlers.harness import Harness
from tests.integration.local.processes import wait_until
from tests.integration.stream.heard_log import HeardLog
from tests.integration.stream.wire import Wire, leave, relaying, waiting
from tests.support.given import meeting


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    harness = Harness(database_url)
    yield harness
    harness.close()


def _read_only(engine: Engine, on: bool) -> None:
    """For every session from now on, as after a failover; sessions that there are end."""
    with transaction(engine) as tx:
        tx.execute("SET TRANSACTION READ WRITE")
        (name,) = tx.one("SELECT current_database()") or ("",)
        tx.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {on}")
    engine.dispose()
    with transaction(engine) as tx:
        tx.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_batch_waits_and_is_taken_in_when_the_database_can_be_written(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = HeardLog()
    monkeypatch.setattr(attempts, "log", log)
    batch = harness.batch(meeting("m1", "ann"))
    _read_only(harness.engine, True)
    done = threading.Thread(target=harness.taking().process, args=[batch])
    done.start()
    wait_until(lambda: len(log.of("database away, waiting")) > 1)
    assert "is read-only" in log.lines[-1]["error"]
    assert harness.cursors()[0].next_offset == 0

    _read_only(harness.engine, False)

    done.join(20)
    assert harness.cursors()[0].counts.applied == 1


def test_the_session_that_could_not_write_is_given_up(harness: Harness) -> None:
    _read_only(harness.engine, True)
    with pytest.raises(DatabaseReadOnly, match="'the database is read-only'"):
        harness.take(harness.batch(meeting("m1", "ann")))
    harness.rewind(0, 0)
    with transaction(harness.engine) as tx:
        tx.execute("SET TRANSACTION READ WRITE")
        (name,) = tx.one("SELECT current_database()") or ("",)
        tx.execute(f"ALTER DATABASE {name} RESET ALL")

    with pytest.raises(DatabaseReadOnly):  # the session of before
        harness.take(harness.batch(meeting("m1", "ann")))
    harness.rewind(0, 0)
    assert harness.take(harness.batch(meeting("m1", "ann"))).counts.applied == 1


def test_nothing_is_published_where_it_could_not_be_deleted(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, wire = HeardLog(), Wire()
    monkeypatch.setattr(outage, "log", log)
    leave(harness.engine, "a")
    _read_only(harness.engine, True)
    with relaying(harness.engine, wire):
        wait_until(lambda: bool(log.of("cannot publish, waiting")))
        assert wire.sent == []
        assert "let PostgreSQL be written" in log.lines[0]["what_to_do"]

        _read_only(harness.engine, False)

        wait_until(lambda: waiting(harness.engine) == 0)
    assert len(wire.sent) == 1
