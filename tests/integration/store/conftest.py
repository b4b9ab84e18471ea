"""The fixture of these tests: an empty, migrated database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.store.postgres.connection import connect


@pytest.fixture
def database(migrated_url: str) -> Iterator[Engine]:
    """A migrated database without a catalog."""
    engine = connect(migrated_url, "test")
    yield engine
    engine.dispose()
