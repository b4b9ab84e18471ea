"""The fixtures of these tests: an empty, migrated database, and commands."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.store.postgres.connection import connect
from tests.integration.cli.conftest import badge_engine

__all__ = ["badge_engine"]


@pytest.fixture
def database(migrated_url: str) -> Iterator[Engine]:
    """A migrated database without a catalog."""
    engine = connect(migrated_url, "test")
    yield engine
    engine.dispose()
