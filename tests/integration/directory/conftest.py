"""The fixtures of these tests: a database with the directory's schema, and a platform."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from directory import bootstrap
from directory.migrations import CHAIN
from engine.store.postgres import schema
from engine.store.postgres.connection import connect
from tests.integration.directory.platform import Platform, settings_of


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """A database with the directory's tables, and nothing of the engine."""
    engine = connect(database_url, "test")
    schema.migrate(engine, chain=CHAIN)
    yield engine
    engine.dispose()


@pytest.fixture
def platform(kafka: str, database_url: str, database: Engine) -> Platform:
    """A platform with a topic of its own, made as `migrate` makes it."""
    settings = settings_of(kafka, database_url)
    bootstrap.migrate(settings)
    return Platform(settings, database)
