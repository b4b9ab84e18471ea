"""The fixture of these tests: a desk at which batches are taken in, on a database of its own."""

from collections.abc import Iterator

import pytest

from tests.handlers.desk import Desk


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """A desk at an empty, migrated database."""
    opened = Desk(database_url)
    yield opened
    opened.close()
