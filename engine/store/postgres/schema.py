"""The database schema: made by `migrate`, asked for by everybody else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from engine.store.postgres import locks

_PATIENCE_SECONDS = 60.0
_ASK_AGAIN_SECONDS = 0.1
_BUSY = (
    "somebody holds a lock that `badge-engine migrate` needs: another migrate, or a session left "
    "open. Run it again. See docs/operating.md, 'migrate has to wait'."
)


class SchemaMissing(Exception):
    """The database is not at the schema this engine needs."""


class SchemaBusy(Exception):
    """Somebody holds for long what `migrate` needs."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("engine.store") / "migrations"))
    return config


def migrate(engine: Engine, to: str = "head") -> str:
    """Bring the schema up to date; safe to repeat and to run twice at once. Gives its version.

    Each migration commits by itself, and may leave its transaction to build an index concurrently.

    Raises:
        SchemaMissing: it is of a newer engine.
        SchemaBusy: another migrate runs, for more than a minute.
    """
    config = _config()
    with engine.connect() as connection, _alone(connection):
        _check_known(_version(connection))
        connection.rollback()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
    return version(engine) or ""


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Be the only migrate. Asks again and again: a statement that waits for the lock would hold
    back `CREATE INDEX CONCURRENTLY` of the session that has it."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    lock = text("SELECT pg_try_advisory_lock(:lock)")
    while not connection.scalar(lock, {"lock": locks.MIGRATION}):
        connection.rollback()
        if time.monotonic() > deadline:
            raise SchemaBusy(_BUSY)
        time.sleep(_ASK_AGAIN_SECONDS)
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.scalar(text("SELECT pg_advisory_unlock(:lock)"), {"lock": locks.MIGRATION})
        connection.commit()


@contextmanager
def in_time() -> Iterator[None]:
    """Raises SchemaBusy if in the block a lock was not to be had within the session's
    lock_timeout."""
    try:
        yield
    except (OperationalError, LockNotAvailable) as error:
        if not isinstance(getattr(error, "orig", error), LockNotAvailable):
            raise
        raise SchemaBusy(_BUSY) from None


def version(engine: Engine) -> str | None:
    """The schema's version, or None for a database that was never migrated."""
    with engine.connect() as connection:
        return _version(connection)


def check(engine: Engine) -> None:
    """Raises SchemaMissing unless the schema is the one this engine was built for."""
    present = version(engine)
    _check_known(present)
    if present != _newest():
        state = f"is at schema {present}" if present else "was never migrated"
        raise SchemaMissing(
            f"the database {state}; this engine needs schema {_newest()}: run "
            "`badge-engine migrate`"
        )


def _check_known(found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise SchemaMissing(
            f"the database is at schema {found}, which this engine does not know (its own is "
            f"{_newest()}): a newer engine has migrated it. Start that one"
        )


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _version(connection: Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": "schema_version"})
    return context.get_current_revision()
