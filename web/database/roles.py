"""The roles of PostgreSQL of all processes but the workers, and their rights.

Each process can do what it is for and nothing else: pages read the engine's tables but no message,
dead letter or outbox, and write nothing there.
"""

import re
from importlib import resources

from engine.store.postgres.connection import Transaction

NAMES = (
    "badge_reader",
    "badge_people",
    "badge_notes",
    "badge_directory",
    "badge_notify",
    "badge_governance",
)

_COMMENT = re.compile(r"^--.*\n", re.MULTILINE)


def sql() -> str:
    """The statements that make the roles, or bring their rights up to date; safe to repeat."""
    return (resources.files("web.database") / "roles.sql").read_text()


def make(tx: Transaction) -> None:
    """Make the roles. The session's own role must be allowed to, and own the schemas."""
    tx.execute(_COMMENT.sub("", sql()).replace("%", "%%"))
