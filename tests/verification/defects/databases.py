"""Databases with the engine's schema and a log of cursors, made in no time."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from engine.store.generations import live
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from tests.support.given import MENTORLOOP
from tests.verification.checker import cursor_log


class Databases:
    """Makes databases after the model of one that was migrated. `server`: the URL of any database
    of the server."""

    def __init__(self, server: str) -> None:
        self._url = make_url(server)
        self._server = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._template = f"template_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {self._template} TEMPLATE template0")
        url = self._of(self._template)
        engine = connect(url, "test")
        schema.migrate(engine)
        with transaction(engine) as tx:
            live.start(tx, MENTORLOOP)
        engine.dispose()
        cursor_log.install(url)

    def close(self) -> None:
        """Drop the model."""
        self._run(f"DROP DATABASE {self._template} WITH (FORCE)")

    @contextmanager
    def one(self) -> Iterator[str]:
        """The address of a new database, dropped in the end."""
        name = f"defect_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        try:
            yield self._of(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._server.connect() as connection:
            connection.execute(text(statement))
