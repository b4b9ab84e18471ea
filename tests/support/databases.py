"""Databases of a test server, made and dropped."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool


@contextmanager
def new_database(server: str, template: str = "template0") -> Iterator[str]:
    """The SQLAlchemy URL of a new database, dropped in the end with all its connections.

    `server`: the URL of any database of the server. `template`: the database it is a copy of.
    """
    name = f"test_{uuid.uuid4().hex[:12]}"
    administrator = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with administrator.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with administrator.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
