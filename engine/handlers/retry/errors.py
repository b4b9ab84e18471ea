"""Errors by consequence: what causes one decides what follows."""

import psycopg
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from engine.awards.transitions import Drift
from engine.store.generations.catalogs import CatalogAltered
from engine.store.generations.live import CatalogDiffers
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.projections.measures import VersionMoved

# A race was lost: roll back, and process the batch again at once.
RACES = (
    VersionMoved,
    Drift,
    errors.UniqueViolation,
    errors.SerializationFailure,
    errors.DeadlockDetected,
)

# The database is away: the batch stays, and is processed again later.
AWAY = (
    DatabaseUnreachable,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    DBAPIError,
    errors.TransactionTimeout,
)

# Of this process, its machine or the stored catalog.
_NO_RECORDS = (CatalogAltered, CatalogDiffers, MemoryError, OSError)

# Of the database: read only, missing tables or rights, damaged files.
_NO_RECORDS_STATES = ("25", "42", "XX")

# What is too long or too much for PostgreSQL stays so however often it is tried.
_TOO_MUCH_STATE = "54"


def may_heal(error: BaseException) -> bool:
    """Whether an error of `AWAY` may be over when the batch is processed again later."""
    return not _state(error).startswith(_TOO_MUCH_STATE)


def may_be_a_records(error: BaseException) -> bool:
    """Whether one record may cause an unexpected error."""
    return not isinstance(error, _NO_RECORDS) and not _state(error).startswith(_NO_RECORDS_STATES)


def timed_out(error: BaseException | None) -> bool:
    """Whether the server ended the transaction for its length. The rollback then fails too, and
    its error hides the first."""
    while error is not None:
        if isinstance(error, errors.TransactionTimeout):
            return True
        error = error.__cause__ or error.__context__
    return False


def _state(error: BaseException) -> str:
    return (error.sqlstate or "") if isinstance(error, psycopg.Error) else ""
