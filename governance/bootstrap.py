"""The one place that wires governance: settings to databases, keys and a clock."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.queries.snapshot import Reader
from engine.store.postgres import network, schema
from engine.store.postgres.connection import connected
from engine.store.postgres.schema import ENGINE
from governance.committee import Committee
from governance.migrations import CHAIN
from governance.settings import GovernanceSettings

_A_MINUTE = "60s"


def migrate(settings: GovernanceSettings) -> str:
    """Make or update the schema, as the engine's own role; gives its version.

    Raises:
        SettingsError, DatabaseUnreachable, SchemaBusy, SchemaMissing (it is of a newer version)
    """
    silent = settings.engine.database_silence_seconds
    session = {"lock_timeout": _A_MINUTE}
    name = "badge-governance-migrate"
    with connected(settings.engine.database, name, session, silent) as owner, schema.in_time():
        return schema.migrate(owner, chain=CHAIN)


@contextmanager
def committee(settings: GovernanceSettings, application: str) -> Iterator[Committee]:
    """The committee of a process, for the length of the block. `application`: what PostgreSQL
    shows its connections as.

    Raises:
        SettingsError, DatabaseUnreachable, SchemaMissing
    """
    settings.check()
    silent = settings.engine.database_silence_seconds
    session = {
        "jit": "off",
        "statement_timeout": _A_MINUTE,
        **network.server_keepalives(settings.engine.session_seconds),
    }
    with (
        connected(settings.database, application, session, silent) as pool,
        connected(settings.reader_database, application, session, silent) as reader,
    ):
        schema.check(pool, CHAIN)
        schema.check(reader, ENGINE)
        yield Committee(pool, Reader(reader), settings.case_keys, settings.now)
