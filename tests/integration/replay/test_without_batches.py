"""Whoever waits for batches to end, ends those of frozen workers at last, and nobody else's."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg.pq import ExecStatus
from sqlalchemy import make_url

from engine import bootstrap
from engine.settings import Settings
from engine.store.postgres import locks
from engine.store.postgres.frozen_workers import WORKER
from replay.switch import cutover
from replay.switch.cutover import CutoverBusy, without_batches
from tests.integration.handlers.harness import Harness
from tests.integration.local.processes import wait_until


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries that take two seconds in all, more than a transaction of these workers may."""
    monkeypatch.setattr(cutover, "_PATIENCE", "350ms")
    monkeypatch.setattr(cutover, "_PAUSE_SECONDS", 0)


@contextmanager
def _in_a_copy(harness: Harness, name: str) -> Iterator[int]:
    """The pid of somebody who holds the cutover lock as a batch does, in a COPY that does not go
    on."""
    url = make_url(harness.url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(url, application_name=name)
    connection.execute(f"SELECT pg_advisory_xact_lock_shared({locks.CUTOVER})")
    wire = connection.pgconn
    assert wire.exec_(b"COPY messages FROM STDIN").status == ExecStatus.COPY_IN
    wire.put_copy_data(b"1\t2\t")
    wire.flush()
    try:
        yield connection.info.backend_pid
    finally:
        wire.finish()


def _tried(harness: Harness, session_seconds: float = 1) -> int:
    """What work gives beside which no batch is taken in, as a command does it."""
    settings = Settings(DATABASE_URL=harness.url, session_seconds=session_seconds)
    with bootstrap.database(settings, patient=True) as engine:
        return without_batches(engine, lambda tx: len(tx.rows("SELECT 1")))


def _there(harness: Harness, pid: int) -> bool:
    return bool(harness.rows("SELECT 1 FROM pg_stat_activity WHERE pid = %s", pid))


def test_a_frozen_worker_is_ended_where_nobody_else_is_left_to_do_it(harness: Harness) -> None:
    with _in_a_copy(harness, WORKER) as pid:
        assert _tried(harness) == 1
        wait_until(lambda: not _there(harness, pid))


@pytest.mark.parametrize(("name", "seconds"), [("somebody", 1.0), (WORKER, 60.0)])
def test_who_is_no_worker_or_may_take_longer_is_left_alone_and_named(
    harness: Harness, name: str, seconds: float
) -> None:
    with _in_a_copy(harness, name) as pid:
        with pytest.raises(CutoverBusy, match=f"Who holds them: {pid} {name};"):
            _tried(harness, seconds)
        assert _there(harness, pid)
