"""What `doctor` says of the database's settings: whether it can write, and what it logs itself."""

from collections.abc import Iterator

from sqlalchemy import Engine

from engine.cli.rendering.partition_checks import Finding
from engine.store.postgres.connection import transaction

_READ_ONLY = (
    "the database is read-only: workers and relays wait\n"
    "see docs/operating.md, 'the database is read-only'"
)
_LOGS_ROWS = (
    "log_error_verbosity is {}: PostgreSQL's own log may quote rows, private messages too\n"
    "set it to terse, as docs/operating.md says under 'rights in PostgreSQL'"
)


def findings(engine: Engine) -> Iterator[Finding]:
    """All findings."""
    with transaction(engine) as tx:
        row = tx.one(
            "SELECT current_setting('transaction_read_only') = 'on', "
            "current_setting('log_error_verbosity')"
        )
    assert row is not None
    read_only, verbosity = row
    yield (False, "writing", _READ_ONLY) if read_only else (True, "writing", "allowed")
    if verbosity != "terse":
        yield None, "PostgreSQL's log", _LOGS_ROWS.format(verbosity)
