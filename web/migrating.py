"""Everything that must be there before the processes start: schemas, roles, topics."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

import directory.bootstrap
import directory.settings
import engine.settings
from engine import bootstrap
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from web import roles
from web.migrations import CHAIN

_A_MINUTE = "60s"


def migrate() -> Iterator[str]:
    """Make or update all, one after the other; gives a line for each.

    Raises:
        SettingsError, DatabaseUnreachable, SchemaBusy, SchemaMissing, BrokerUnreachable
    """
    version, made = bootstrap.migrate(engine.settings.load())
    yield f"engine: schema {version}, topics made: {', '.join(made) if made else 'none'}"
    loaded = directory.settings.load()
    version, made_topic = directory.bootstrap.migrate(loaded)
    yield f"directory: schema {version}, topics made: {loaded.topic if made_topic else 'none'}"
    with _owner() as owner:
        with schema.in_time():
            version = schema.migrate(owner, chain=CHAIN)
        yield f"web: schema {version}"
    make_roles()
    yield f"roles: {', '.join(roles.NAMES)}"


def make_roles() -> None:
    """Make the roles, or bring their rights up to date. Raises DatabaseUnreachable."""
    with _owner() as owner, transaction(owner) as tx:
        roles.make(tx)


@contextmanager
def _owner() -> Iterator[Engine]:
    """The database as the owner of its schemas."""
    url = engine.settings.load().database
    owner = connect(url, "badge-web-migrate", {"lock_timeout": _A_MINUTE})
    try:
        with transaction(owner):
            pass
        yield owner
    finally:
        owner.dispose()
