"""What probes say of PostgreSQL: whether it answers, and whether a schema is the one needed."""

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.probes import READY
from engine.store.postgres import schema
from engine.store.postgres.connection import DatabaseUnreachable, transaction
from engine.store.postgres.schema import Chain, SchemaMissing

_AWAY = "away"
_OUTAGES = (DBAPIError, DatabaseUnreachable)


def of_database(*pools: Engine) -> str:
    """Whether PostgreSQL answers over each of the pools: ready or away."""
    try:
        for pool in pools:
            with transaction(pool) as tx:
                tx.execute("SELECT")
    except _OUTAGES:
        return _AWAY
    return READY


def of_schemas(*needed: tuple[Engine, Chain]) -> str:
    """Whether each schema is the one needed: ready, missing, or away."""
    try:
        for pool, chain in needed:
            schema.check(pool, chain)
    except SchemaMissing:
        return "missing"
    except _OUTAGES:
        return _AWAY
    return READY
