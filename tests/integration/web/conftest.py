"""Databases for the web: one with its own schema alone, and one with everything and the people
surface on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from directory.migrations import CHAIN as DIRECTORY
from engine.store.postgres import schema
from engine.store.postgres.connection import connect
from engine.store.postgres.schema import ENGINE
from governance.migrations import CHAIN as GOVERNANCE
from notifier.migrations import CHAIN as NOTIFIER
from tests.integration.web.ops_surface import OpsSurface, ops_surface
from tests.integration.web.people_surface import PeopleSurface, surface
from tests.support.databases import new_database
from web.migrations import CHAIN


@pytest.fixture(scope="module")
def people_url(postgres_url: str) -> Iterator[str]:
    """The URL of a database with the schema web, shared by the tests of a file."""
    with new_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="module")
def people(people_url: str) -> Iterator[Engine]:
    """The pool that may write web.sessions."""
    engine = connect(people_url, "test")
    for chain in (NOTIFIER, CHAIN):
        schema.migrate(engine, chain=chain)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def _with_all_schemas(postgres_url: str) -> Iterator[str]:
    """The name of a database to be copied: nobody is connected to it."""
    with new_database(postgres_url) as url:
        engine = connect(url, "test")
        for chain in (ENGINE, DIRECTORY, NOTIFIER, GOVERNANCE, CHAIN):
            schema.migrate(engine, chain=chain)
        engine.dispose()
        yield str(make_url(url).database)


@pytest.fixture(scope="module")
def empty_surface(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PeopleSurface]:
    """The people surface on a database of its own, where nothing is known yet."""
    folder: Path = tmp_path_factory.mktemp("web")
    with new_database(postgres_url, _with_all_schemas) as url, surface(url, folder) as empty:
        yield empty


@pytest.fixture(scope="module")
def ops(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpsSurface]:
    """The ops surface on a database of its own."""
    folder: Path = tmp_path_factory.mktemp("ops")
    with new_database(postgres_url, _with_all_schemas) as url, ops_surface(url, folder) as there:
        yield there


@pytest.fixture
def empty_ops(postgres_url: str, _with_all_schemas: str, tmp_path: Path) -> Iterator[OpsSurface]:
    """The ops surface on a database of its own, where nothing is known yet."""
    with new_database(postgres_url, _with_all_schemas) as url, ops_surface(url, tmp_path) as there:
        yield there
