"""Fixtures and reports all tests share: a real broker and a real database (tests/support/parts)."""

import tests.support.examples  # noqa: F401 - the profiles, before one is chosen
from tests.support.parts import (
    _migrated,
    database_url,
    kafka,
    migrated_url,
    postgres_url,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_terminal_summary,
    restartable_kafka,
)

__all__ = [
    "_migrated",
    "database_url",
    "kafka",
    "migrated_url",
    "postgres_url",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_terminal_summary",
    "restartable_kafka",
]
