"""The fixture of these tests: a harness at which batches are taken in, on a database of its own."""

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tests.integration.handlers.harness import Harness


@pytest.fixture(scope="session")
def _one_harness(postgres_url: str) -> Iterator[Harness]:
    """One database for all of them: emptying it takes a tenth of the time of making it."""
    name = f"harness_{uuid.uuid4().hex[:12]}"
    server = create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    harness = Harness(
        make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    )
    yield harness
    harness.close()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def harness(_one_harness: Harness) -> Harness:
    """A harness at which nothing was told yet."""
    _one_harness.clear()
    return _one_harness
