"""A worker frozen in the middle of a COPY holds a partition's cursor: the new owner ends it."""

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import psycopg
import pytest
from psycopg import errors
from psycopg.pq import ExecStatus
from sqlalchemy import Engine, make_url

from engine import bootstrap
from engine.handlers.retry import attempts
from engine.handlers.retry.attempts import Stopped
from engine.handlers.retry.isolate import BatchProcessor
from engine.settings import Settings
from engine.store.postgres.connection import LOOKUPS_ONLY, connect
from tests.integration.handlers.harness import TERMS, Harness
from tests.integration.handlers.stories import meetings
from tests.integration.local.processes import wait_until

WORKER = "badge-engine-worker"
LIMITS = bootstrap.limits(Settings(session_seconds=1.6))  # 1.4 s for a transaction


@pytest.fixture
def engine(harness: Harness) -> Iterator[Engine]:
    """Connections as a worker's."""
    engine = connect(harness.url, WORKER, LOOKUPS_ONLY | LIMITS)
    yield engine
    engine.dispose()


@contextmanager
def _frozen(
    harness: Harness, name: str = WORKER
) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Somebody who holds the cursor of partition 0, in a COPY that does not go on."""
    url = make_url(harness.url).set(drivername="postgresql")
    options = " ".join(f"-c {setting}={value}" for setting, value in LIMITS.items())
    conninfo = url.render_as_string(hide_password=False)
    connection = psycopg.connect(conninfo, application_name=name, options=options)
    connection.execute("SELECT 1 FROM cursors WHERE partition = 0 FOR UPDATE")
    wire = connection.pgconn
    assert wire.exec_(b"COPY messages FROM STDIN").status == ExecStatus.COPY_IN
    wire.put_copy_data(b"1\t2\t")
    wire.flush()
    try:
        yield connection
    finally:
        wire.finish()


def _impatient(_event: str, **_names: object) -> None:
    """For a log's warnings: who waits for somebody who is not ended waits without end."""
    assert next(_warnings) < 20


_warnings = itertools.count()


def _there(harness: Harness, pid: int) -> bool:
    return bool(harness.rows("SELECT 1 FROM pg_stat_activity WHERE pid = %s", pid))


def test_no_timeout_of_its_own_ends_it(harness: Harness) -> None:
    with _frozen(harness) as frozen:
        begin = time.monotonic()
        wait_until(lambda: time.monotonic() - begin > 2.5)
        assert _there(harness, frozen.info.backend_pid)


def test_it_is_ended_and_its_batch_taken_in_whole(harness: Harness, engine: Engine) -> None:
    with _frozen(harness) as frozen, patch.object(attempts, "log") as log:
        log.warning.side_effect = _impatient
        BatchProcessor(engine, TERMS).process(harness.batch(*meetings(1, 7)))

        pid = frozen.info.backend_pid
        wait_until(lambda: not _there(harness, pid))
    log.warning.assert_called_with("ended the transaction of a frozen worker", backends=[pid])
    assert harness.cursors()[0].counts.applied == 7
    halves = "batch too slow for one transaction, in halves"
    assert halves not in [call.args[0] for call in log.warning.call_args_list]


def test_one_that_is_no_worker_is_waited_for_and_named(harness: Harness, engine: Engine) -> None:
    batch = harness.batch(*meetings(1, 7))
    taking = BatchProcessor(engine, TERMS)
    with patch.object(attempts, "log") as log:
        with _frozen(harness, "somebody") as holder:
            thread = threading.Thread(target=taking.process, args=(batch,))
            thread.start()
            wait_until(lambda: len(log.warning.call_args_list) >= 5)  # past any limit
            assert _there(harness, holder.info.backend_pid)
            pid = holder.info.backend_pid
        thread.join(20)
    (told, *_) = log.warning.call_args_list
    assert told.args == ("waiting for a lock",)
    assert f"{pid} somebody" in told.kwargs["others"]
    assert harness.cursors()[0].counts.applied == 7


def test_whoever_waits_can_be_told_to_stop(harness: Harness, engine: Engine) -> None:
    taking = BatchProcessor(engine, TERMS)
    taking.stop()
    with _frozen(harness, "somebody"), pytest.raises(Stopped):
        taking.process(harness.batch(*meetings(1, 2)))
    assert harness.cursors()[0].counts.applied == 0


def test_an_honest_transaction_is_never_older_than_the_limit(
    harness: Harness, engine: Engine
) -> None:
    with (
        pytest.raises(errors.TransactionTimeout),
        psycopg.connect(
            make_url(harness.url)
            .set(drivername="postgresql")
            .render_as_string(hide_password=False),
            options="-c transaction_timeout=300ms",
        ) as connection,
    ):
        connection.execute("SELECT pg_sleep(5)")
