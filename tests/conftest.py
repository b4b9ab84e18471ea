"""Fixtures and reports all tests share: a real broker and a real database (tests/support/parts)."""

import tests.support.examples  # noqa: F401 - the profiles, before one is chosen
from tests.support.parts import (
    database_url,
    kafka,
    postgres_url,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_terminal_summary,
    restartable_kafka,
)

__all__ = [
    "database_url",
    "kafka",
    "postgres_url",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_terminal_summary",
    "restartable_kafka",
]
