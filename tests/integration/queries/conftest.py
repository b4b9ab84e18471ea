"""The fixtures of these tests: a harness that processes records, and a reader of its database."""

import pytest

from engine.queries.snapshot import Reader
from tests.integration.handlers.conftest import _one_harness, harness
from tests.integration.handlers.harness import Harness

__all__ = ["_one_harness", "harness"]


@pytest.fixture
def reader(harness: Harness) -> Reader:
    """A reader that has read nothing yet."""
    return Reader(harness.engine)
