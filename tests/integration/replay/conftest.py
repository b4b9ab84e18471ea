"""Fixtures: a desk on a database of its own, since replays leave generations behind."""

from collections.abc import Iterator

import pytest

from tests.integration.handlers.desk import Desk


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """A desk at which nothing was told yet."""
    desk = Desk(database_url)
    yield desk
    desk.close()
