"""What probes say of the keys: whether they open what the database has."""

import base64
import json

from psycopg.errors import UndefinedTable
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.probes import READY
from engine.store.postgres.connection import DatabaseUnreachable, transaction
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
    return READY if row is None or _kid(row[0]) in keys.by_id else "unfit"


def _kid(token: str) -> object:
    part = token.partition(".")[0]
    try:
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))).get("kid")
    except (ValueError, AttributeError):
        return None
