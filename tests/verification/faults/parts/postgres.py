"""Faults of PostgreSQL, done over a connection of our own past every proxy, each with a proof.

`url` is a SQLAlchemy URL of the database the engine uses, direct.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy.engine import make_url

from engine.local.embedded_postgres import EmbeddedPostgres
from tests.verification.faults.parts.direct import connected
from tests.verification.faults.parts.full_disk import FullDisk, disk_full

__all__ = ["FullDisk", "Lock", "disk_full", "locked", "read_only", "restart", "terminate"]


def restart(server: EmbeddedPostgres) -> float:
    """Immediate shutdown, as a crash, and start; gives the seconds it was away. Fails unless
    pg_postmaster_start_time has moved."""
    before = _started(server.url)
    began = time.monotonic()
    server.kill()
    server.start()
    away = time.monotonic() - began
    assert _started(server.url) != before, "PostgreSQL has not restarted"
    return away


def terminate(url: str, application: str) -> int:
    """End all connections of this application_name to this database; how many there were."""
    return _number(
        url,
        "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE application_name = %s AND datname = current_database()",
        application,
    )


@dataclass(frozen=True)
class Lock:
    """A table lock that is held by the connection with the backend `pid`."""

    url: str
    pid: int

    def waiting(self) -> int:
        """How many connections wait for it now, be it behind others: the proof."""
        return _number(
            self.url,
            "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND relation IN"
            " (SELECT relation FROM pg_locks WHERE pid = %s AND mode = 'AccessExclusiveLock')",
            self.pid,
        )


@contextmanager
def locked(url: str, table: str) -> Iterator[Lock]:
    """Nobody else reads or writes the table for the length of the block."""
    with connected(url) as connection, connection.transaction():
        connection.execute(
            sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(table))
        )
        yield Lock(url, connection.info.backend_pid)


@contextmanager
def read_only(url: str) -> Iterator[Callable[[], int]]:
    """Every transaction on the server is read-only for the length of the block, in sessions that
    are open too. Gives what counts the statements refused for it so far: the proof."""
    log = Path(str(make_url(url).query["host"])) / "log"
    before = _refused_in(log)
    with connected(url) as connection:
        connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield lambda: _refused_in(log) - before
    finally:
        with connected(url) as connection:
            connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
            connection.execute("SELECT pg_reload_conf()")


def _refused_in(log: Path) -> int:
    return log.read_text(errors="replace").count("in a read-only transaction")


def _started(url: str) -> Any:
    with connected(url) as connection:
        return connection.execute("SELECT pg_postmaster_start_time()").fetchone()


def _number(url: str, statement: str, *parameters: object) -> int:
    with connected(url) as connection:
        row = connection.execute(statement.encode(), parameters).fetchone()
    assert row is not None
    return int(row[0])
