"""The one place that wires the web: settings to pools, readings and an application."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from directory.migrations import CHAIN as DIRECTORY
from engine.probes import READY, Readiness
from engine.store.postgres import schema
from engine.store.postgres.connection import DatabaseUnreachable, connect, transaction
from engine.store.postgres.schema import ENGINE, Chain, SchemaMissing
from web.migrations import CHAIN as WEB
from web.settings import WebSettings

_LONGEST = {"statement_timeout": "10s", "idle_in_transaction_session_timeout": "30s"}


@dataclass(frozen=True, slots=True)
class Pools:
    """Connections, each of one role of the database."""

    reader: Engine
    people: Engine


@contextmanager
def pools(settings: WebSettings) -> Iterator[Pools]:
    """The connections of a process; none is made yet, so that pages can say when PostgreSQL is
    away."""
    with ExitStack() as stack:

        def pool(url: SecretStr | None, session: dict[str, str], size: int) -> Engine:
            assert url is not None, "settings are checked before"
            engine = connect(
                url.get_secret_value(), "badge-web", _LONGEST | session, pool_size=size
            )
            stack.callback(engine.dispose)
            return engine

        yield Pools(
            pool(
                settings.reader_database_url,
                {"default_transaction_read_only": "on", "jit": "off"},
                settings.reader_connections,
            ),
            pool(settings.people_database_url, {"jit": "off"}, settings.people_connections),
        )


def readiness(pools: Pools) -> Readiness:
    """What /readyz says: pages need the database and its schemas."""

    def database() -> str:
        try:
            for pool in (pools.reader, pools.people):
                with transaction(pool) as tx:
                    tx.execute("SELECT")
        except (DatabaseUnreachable, DBAPIError):
            return "away"
        return READY

    def schemas() -> str:
        needed: tuple[tuple[Engine, Chain], ...] = (
            (pools.reader, ENGINE),
            (pools.people, DIRECTORY),
            (pools.people, WEB),
        )
        try:
            for pool, chain in needed:
                schema.check(pool, chain)
        except SchemaMissing:
            return "missing"
        except (DatabaseUnreachable, DBAPIError):
            return "away"
        return READY

    return Readiness({"database": database, "schema": schemas}, needed=("database", "schema"))
