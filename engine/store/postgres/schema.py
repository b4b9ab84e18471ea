"""The database schema: made by `migrate`, asked for by everybody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from engine.store.postgres import locks


class SchemaMissing(Exception):
    """The database is not at the schema this engine needs."""


class SchemaBusy(Exception):
    """Somebody holds for long what `migrate` needs."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("engine.store") / "migrations"))
    return config


def migrate(engine: Engine) -> str:
    """Bring the schema up to date; safe to repeat and to run twice at once. Gives its version.

    Raises:
        SchemaMissing: it is of a newer engine.
    """
    config = _config()
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({locks.MIGRATION})")
        _check_known(_version(connection))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return version(engine) or ""


@contextmanager
def in_time() -> Iterator[None]:
    """Raises SchemaBusy if in the block a lock was not to be had within the session's
    lock_timeout."""
    try:
        yield
    except (OperationalError, LockNotAvailable) as error:
        if not isinstance(getattr(error, "orig", error), LockNotAvailable):
            raise
        raise SchemaBusy(
            "somebody holds a lock that `badge-engine migrate` needs: another migrate, or a "
            "session left open. Nothing was changed. See docs/operating.md, 'migrate has to wait'."
        ) from None


def version(engine: Engine) -> str | None:
    """The schema's version, or None for a database that was never migrated."""
    with engine.connect() as connection:
        return _version(connection)


def check(engine: Engine) -> None:
    """Raises SchemaMissing unless the schema is the one this engine was built for."""
    found = version(engine)
    _check_known(found)
    if found != _newest():
        state = f"is at schema {found}" if found else "was never migrated"
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
