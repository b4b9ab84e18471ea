"""Database schemas: made by `migrate`, asked for by everybody else.

Each part of the project that has tables has a chain of migrations of its own.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
    "somebody holds a lock that `migrate` needs: another migrate, or a session left open. Run it "
    "again. See docs/operating.md, 'migrate has to wait'."
)
_TABLE = "schema_version"


@dataclass(frozen=True, slots=True)
class Chain:
    """Migrations that follow one another: the package they are in, the PostgreSQL schema they make
    (None: where the engine has its tables) and the command that runs them."""

    package: str
    schema: str | None
    command: str

    @property
    def tables(self) -> str:
        """Whose tables these are, for messages."""
        return "the database" if self.schema is None else f"the schema {self.schema}"


ENGINE = Chain("engine.store.migrations", None, "badge-engine migrate")


class SchemaMissing(Exception):
    """The database is not at the schema this version needs."""


class SchemaBusy(Exception):
    """Somebody holds for long what `migrate` needs."""


def _config(chain: Chain) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files(chain.package)))
    return config


def migrate(engine: Engine, to: str = "head", chain: Chain = ENGINE) -> str:
    """Bring a schema up to date; safe to repeat and to run twice at once. Gives its version.

    Each migration commits by itself, and may leave its transaction to build an index concurrently.

    Raises:
        SchemaMissing: it is of a newer version.
        SchemaBusy: another migrate runs, for more than a minute.
    """
    config = _config(chain)
    with engine.connect() as connection, _alone(connection):
        _check_known(_version(connection, chain), chain)
        connection.rollback()
        config.attributes["connection"] = connection
        config.attributes["configure"] = _configure(chain)
        if chain.schema is not None:  # the table of versions is in it
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {chain.schema}"))
            connection.commit()
        command.upgrade(config, to)
    return version(engine, chain) or ""


def _configure(chain: Chain) -> dict[str, str | None]:
    return {"version_table": _TABLE, "version_table_schema": chain.schema}


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


def version(engine: Engine, chain: Chain = ENGINE) -> str | None:
    """The schema's version, or None for one that was never made."""
    with engine.connect() as connection:
        return _version(connection, chain)


def check(engine: Engine, chain: Chain = ENGINE) -> None:
    """Raises SchemaMissing unless the schema is the one this version was built for."""
    present = version(engine, chain)
    _check_known(present, chain)
    newest = _newest(chain)
    if present != newest:
        state = f"is at schema {present}" if present else "was never migrated"
        raise SchemaMissing(
            f"{chain.tables} {state}; this engine needs schema {newest}: run `{chain.command}`"
        )


def _check_known(found: str | None, chain: Chain) -> None:
    scripts = ScriptDirectory.from_config(_config(chain)).walk_revisions()
    if found is not None and found not in {script.revision for script in scripts}:
        raise SchemaMissing(
            f"{chain.tables} is at schema {found}, which this engine does not know (its own is "
            f"{_newest(chain)}): a newer engine has migrated it. Start that one"
        )


def _newest(chain: Chain) -> str | None:
    return ScriptDirectory.from_config(_config(chain)).get_current_head()


def _version(connection: Connection, chain: Chain) -> str | None:
    return MigrationContext.configure(connection, opts=_configure(chain)).get_current_revision()
