"""Fixtures: a deployment on the broker and the database of the run."""

from pathlib import Path

import pytest

from tests.end_to_end.deployment import Deployment


@pytest.fixture
def deployment(kafka: str, database_url: str, tmp_path: Path) -> Deployment:
    """A deployment with quick failure detection; nothing is migrated yet."""
    return Deployment(kafka, database_url, tmp_path, {"SESSION_SECONDS": "6", "PARTITIONS": "4"})
