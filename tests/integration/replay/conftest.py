"""Fixtures: a harness on a database of its own, since replays leave generations behind."""

from collections.abc import Iterator

import pytest

from tests.integration.handlers.harness import Harness


@pytest.fixture
def harness(migrated_url: str) -> Iterator[Harness]:
    """A harness at which nothing was told yet."""
    harness = Harness(migrated_url)
    yield harness
    harness.close()
