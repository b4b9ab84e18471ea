"""What probes say of the keys: whether they open what the database has."""

from psycopg.errors import UndefinedTable
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.probes import READY
from engine.store.postgres.connection import DatabaseUnreachable, transaction
from events.sealed_note import kid_of
from web.notes.master_keys import MasterKeys


def of_keys(pool: Engine, keys: MasterKeys) -> str:
    """Whether the key that the latest recipient's key was wrapped to is one of these: ready,
    unfit, or away."""
    try:
        with transaction(pool) as tx:
            row = tx.one(
                "SELECT wrapped FROM note_keys WHERE wrapped IS NOT NULL "
                "ORDER BY made_at DESC LIMIT 1"
            )
    except UndefinedTable:
        return READY  # the check of the schema says so
    except (DBAPIError, DatabaseUnreachable):
        return "away"
    try:
        return READY if row is None or kid_of(row[0]) in keys.by_id else "unfit"
    except ValueError:
        return "unfit"
