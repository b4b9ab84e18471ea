"""A database with the schema `web`, and the pool of connections that the web has to it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.store.postgres import schema
from engine.store.postgres.connection import connect
from web.migrations import CHAIN


@pytest.fixture(scope="module")
def people_url(postgres_url: str) -> Iterator[str]:
    """The URL of a database with the schema web, shared by the tests of a file."""
    from tests.support.databases import new_database

    with new_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="module")
def people(people_url: str) -> Iterator[Engine]:
    """The pool that may write web.sessions."""
    engine = connect(people_url, "test")
    schema.migrate(engine, chain=CHAIN)
    yield engine
    engine.dispose()
