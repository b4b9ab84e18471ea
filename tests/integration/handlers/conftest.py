"""The fixture of these tests: a harness that processes batches on a database of its own."""

from collections.abc import Iterator

import pytest

from tests.integration.handlers.harness import Harness
from tests.support.databases import new_database


@pytest.fixture(scope="session")
def _one_harness(postgres_url: str) -> Iterator[Harness]:
    """One database for all of them: emptying it takes a tenth of the time of making it."""
    with new_database(postgres_url) as url:
        harness = Harness(url)
        yield harness
        harness.close()


@pytest.fixture
def harness(_one_harness: Harness) -> Harness:
    """A harness at which nothing was told yet."""
    _one_harness.clear()
    return _one_harness
