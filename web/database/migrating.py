"""Everything that must be there before the processes start: schemas, roles, topics."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine

import directory.bootstrap
import directory.settings
import engine.settings
from engine import bootstrap
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from governance.migrations import CHAIN as GOVERNANCE
from notifier.migrations import CHAIN as NOTIFIER
from web.database import passwords, roles
from web.migrations import CHAIN as WEB

_A_MINUTE = "60s"


def migrate(*, with_passwords: bool = False) -> Iterator[str]:
    """Make or update all, one after the other; gives a line for each. `with_passwords`: as
    `make_roles`.

    Raises:
        SettingsError, DatabaseUnreachable, SchemaBusy, SchemaMissing, BrokerUnreachable
    """
    given = passwords.of_settings() if with_passwords else {}
    version, made = bootstrap.migrate(engine.settings.load())
    yield f"engine: schema {version}, topics made: {', '.join(made) if made else 'none'}"
    loaded = directory.settings.load()
    version, made_topic = directory.bootstrap.migrate(loaded)
    yield f"directory: schema {version}, topics made: {loaded.topic if made_topic else 'none'}"
    for name, chain in (("notifier", NOTIFIER), ("governance", GOVERNANCE), ("web", WEB)):
        with _owner() as owner, schema.in_time():
            version = schema.migrate(owner, chain=chain)
        yield f"{name}: schema {version}"
    _make_roles(given)
    yield f"roles: {', '.join(roles.NAMES)}"


def make_roles(*, with_passwords: bool = False) -> None:
    """Make the roles, or bring their rights up to date. `with_passwords`: give each the password
    that the settings of its process have.

    Raises:
        SettingsError, DatabaseUnreachable
    """
    _make_roles(passwords.of_settings() if with_passwords else {})


def _make_roles(given: Mapping[str, str]) -> None:
    with _owner() as owner, transaction(owner) as tx:
        roles.make(tx)
        for role, password in given.items():
            tx.set_password(role, password)


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
