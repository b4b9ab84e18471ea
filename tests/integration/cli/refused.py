"""Records that are refused, each for its reason, and the list of dead letters as JSON."""

import json
from typing import Any

from sqlalchemy import Engine

from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell
from tests.support.given import kudos, meeting

SECRET = "nobody else may read this"
SELF_KUDOS = kudos("k1", "ann", "ann", "trust", message=SECRET)
LATER = meeting("later", "ann", at="2026-09-01T00:00:00Z")
BROKEN = b"{\x1b[31m"


def listed(badge_engine: Command, *arguments: str) -> list[dict[str, Any]]:
    ran = badge_engine("dead-letters", "list", "--json", *arguments)
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def refused(store: Engine, badge_engine: Command, *records: bytes) -> list[str]:
    """The ids of these records' entries."""
    tell(store, *records)
    return [str(entry["id"]) for entry in listed(badge_engine)]
