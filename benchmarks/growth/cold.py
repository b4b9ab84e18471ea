"""A database at rest, and one that has nothing in memory."""

import os
from contextlib import suppress
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from engine.local.embedded_postgres import EmbeddedPostgres


def settle(url: str) -> None:
    """Let PostgreSQL do now what it would do some time after much was written at once."""
    address = make_url(url).set(drivername="postgresql")
    target = address.render_as_string(hide_password=False)
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


def restart(server: EmbeddedPostgres) -> bool:
    """Restart a server that was settled. Whether the system also dropped what it keeps of files:
    it does so for root only, and not in every container."""
    server.stop()
    os.sync()
    dropped = False
    with suppress(OSError):
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
        dropped = True
    server.start()
    return dropped
