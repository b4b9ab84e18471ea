"""The connection to PostgreSQL, and the one transaction that a batch is written in."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg import sql
from psycopg.adapt import Dumper
from psycopg.errors import ReadOnlySqlTransaction
from psycopg.postgres import types
from psycopg.pq import Format
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from engine.store.postgres import network

Row = tuple[Any, ...]

_names = itertools.count(1)

# Settings for sessions that write batches: one way to run each statement whatever the table sizes.
# Every read and write of a batch is a lookup by key, and a plan that flips to a scan of the
# ledger when statistics are stale would stop the world.
# Plans are made for each statement: one made while a table was empty joins the wrong way round.
LOOKUPS_ONLY = {
    "plan_cache_mode": "force_custom_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",
}


class DatabaseUnreachable(Exception):
    """PostgreSQL does not answer at the address given."""


class DatabaseReadOnly(DatabaseUnreachable):
    """PostgreSQL answers, and lets nothing be written: after a failover, say."""


def connect(
    url: str,
    application: str,
    session: dict[str, str] | None = None,
    silence_seconds: float = 20.0,
    pool_size: int = 5,
) -> Engine:
    """An engine for `url` (postgresql://…; the driver is psycopg 3 whatever the URL says).

    `session`: PostgreSQL settings for each connection, by name. `silence_seconds`: after how long
    without a sign of life from PostgreSQL's machine a connection counts as lost. `pool_size`:
    connections that are kept; under load there are up to ten more.

    Raises:
        DatabaseUnreachable: the URL cannot be read.
    """
    options = [f"-c {name}={value}" for name, value in (session or {}).items()]
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
        given = address.query.get("options")
        return create_engine(
            address.difference_update_query(["options"]),
            pool_pre_ping=True,
            pool_size=pool_size,
            hide_parameters=True,
            connect_args={
                "application_name": application,
                "options": " ".join([given, *options] if isinstance(given, str) else options),
                **network.options(address, silence_seconds),
            },
        )
    except ArgumentError:
        raise DatabaseUnreachable(
            "DATABASE_URL cannot be read; write it as postgresql://user:password@host:5432/name, "
            "or with several servers as …@/name?host=one:5432&host=two:5432"
        ) from None


@contextmanager
def connected(
    url: str, application: str, session: dict[str, str], silence_seconds: float
) -> Iterator[Engine]:
    """An engine as `connect` makes it, for the length of the block."""
    engine = connect(url, application, session, silence_seconds)
    try:
        yield engine
    finally:
        engine.dispose()


class _UuidText(Dumper):
    """UUIDs are text everywhere but in the tables."""

    format = Format.BINARY
    oid = types["uuid"].oid

    def dump(self, obj: str) -> bytes:
        return bytes.fromhex(obj.replace("-", ""))


class Transaction:
    """Statements of one transaction, on psycopg's own cursor: binary results, and COPY.

    Parameters stand as %s; lists as %b, which sends them in binary at a tenth of the cost.
    """

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._connection = connection

    def rows(self, statement: str, *parameters: object) -> list[Row]:
        """All rows of a query."""
        with self._connection.cursor(binary=True) as cursor:
            return cursor.execute(statement.encode(), parameters).fetchall()

    def one(self, statement: str, *parameters: object) -> Row | None:
        """The first row of a query, or None."""
        with self._connection.cursor(binary=True) as cursor:
            return cursor.execute(statement.encode(), parameters).fetchone()

    def execute(self, statement: str, *parameters: object) -> int:
        """The number of rows a statement touched."""
        with self._connection.cursor() as cursor:
            return cursor.execute(statement.encode(), parameters).rowcount

    def set_password(self, role: str, password: str) -> None:
        """Give a role a password. The server, and so its log, gets only what verifies it."""
        scram = self._connection.pgconn.encrypt_password(
            password.encode(), role.encode(), b"scram-sha-256"
        )
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(scram.decode())
        )
        with self._connection.cursor() as cursor:
            cursor.execute(statement)

    def stream(self, statement: str, *parameters: object, portion: int = 5_000) -> Iterator[Row]:
        """The rows of a query, fetched in portions: memory stays bounded."""
        name = f"stream_{next(_names)}"  # several may be open at once
        with self._connection.cursor(name=name, binary=True) as cursor:
            cursor.itersize = portion
            yield from cursor.execute(statement.encode(), parameters)

    def copy(
        self,
        table: str,
        columns: Sequence[str],
        column_types: Sequence[str],
        rows: Iterable[Row],
    ) -> None:
        """COPY rows into a table, in binary."""
        target = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
            sql.Identifier(table), sql.SQL(",").join(map(sql.Identifier, columns))
        )
        with self._connection.cursor() as cursor:
            cursor.adapters.register_dumper(None, _UuidText)
            with cursor.copy(target) as copy:
                copy.set_types(column_types)
                for row in rows:
                    copy.write_row(row)


@contextmanager
def transaction(engine: Engine) -> Iterator[Transaction]:
    """One transaction: committed at the end, rolled back by any exception.

    Raises:
        DatabaseUnreachable: no connection could be made.
        DatabaseReadOnly: it was to write, and the database is read-only. The session is given up:
            the next may be with another server, or under another setting.
    """
    try:
        connection = engine.connect()
    except OperationalError as error:
        where = network.shown(engine.url)
        reason = " ".join(str(error.orig).split()) if error.orig else "no answer"
        raise DatabaseUnreachable(f"PostgreSQL at {where}: {reason}") from None
    with connection:
        try:
            with connection.begin():
                driver = connection.connection.driver_connection
                yield Transaction(cast("psycopg.Connection[Row]", driver))
        except ReadOnlySqlTransaction:
            connection.invalidate()
            raise DatabaseReadOnly(
                f"PostgreSQL at {network.shown(engine.url)} is read-only. See docs/operating.md, "
                "'the database is read-only'."
            ) from None
