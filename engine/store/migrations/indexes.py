"""Indexes made beside running workers: neither reading nor writing waits for them."""

from alembic import op
from sqlalchemy import text


def create(name: str, definition: str) -> None:
    """Make an index `ON definition`; nothing if it exists and is valid.

    To be called in an `autocommit_block`, since CONCURRENTLY is refused in a transaction. Such a
    build can be interrupted; it then leaves an index that costs writes and answers no query, and
    that is replaced here.
    """
    invalid = "SELECT FROM pg_index WHERE indexrelid = to_regclass(:name) AND NOT indisvalid"
    if op.get_bind().execute(text(invalid), {"name": name}).first() is not None:
        op.execute(f"DROP INDEX CONCURRENTLY {name}")
    op.execute(f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {definition}")
