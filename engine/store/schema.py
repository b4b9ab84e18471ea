"""The database schema: made by `migrate`, asked for by everybody else."""

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

# Serialises two `migrate` that start at once.
_MIGRATION_LOCK = 0x42414447_0001


class SchemaMissing(Exception):
    """The database is not at the schema this engine needs."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("engine.store") / "migrations"))
    return config


def migrate(engine: Engine) -> str:
    """Bring the schema up to date; safe to repeat and to run twice at once. Gives its version."""
    config = _config()
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return version(engine) or ""


def version(engine: Engine) -> str | None:
    """The schema's version, or None for a database that was never migrated."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "schema_version"})
        return context.get_current_revision()


def check(engine: Engine) -> None:
    """Raises SchemaMissing unless the schema is the one this engine was built for."""
    wanted, found = (
        ScriptDirectory.from_config(_config()).get_current_head(),
        version(engine),
    )
    if found != wanted:
        state = f"is at schema {found}" if found else "was never migrated"
        raise SchemaMissing(
            f"the database {state}; this engine needs schema {wanted}: run `badge-engine migrate`"
        )
