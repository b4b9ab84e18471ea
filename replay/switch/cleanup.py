"""SWEEP: tables that no generation needs any more are dropped, each in a transaction of its own.

Dropping one locks the table of all generations for a moment, so it is never part of a larger
transaction, and never waits for long: readers queue behind it. A table that is being read is left
to the next sweep.
"""

import time
from contextlib import suppress

import psycopg
from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from engine.store.generations import replays
from engine.store.generations.replays import Status
from engine.store.postgres.connection import DatabaseUnreachable, transaction
from engine.store.projections import tables

_PATIENCE = "500ms"
_TRIES = 4
_PAUSE_SECONDS = 0.5

_NEEDLESS: dict[Status, tuple[str, ...]] = {
    "live": tables.OF_A_BUILD,
    "replaced": tables.OF_A_BUILD,
    "retired": tables.PROJECTIONS + tables.OF_A_BUILD,
    "dropped": tables.PROJECTIONS + tables.OF_A_BUILD,
}


def sweep(engine: Engine) -> None:
    """Drop whatever no generation needs; what cannot be dropped now is passed over, and so is the
    whole where the database does not answer: nothing rests on it."""
    with suppress(psycopg.OperationalError, OperationalError, DatabaseUnreachable):
        with transaction(engine) as tx:
            needless = [
                name
                for replay in replays.every(tx)
                for name in tables.there(tx, replay.id, _NEEDLESS.get(replay.status, ()))
            ]
        for tried in range(_TRIES):
            time.sleep(_PAUSE_SECONDS if tried and needless else 0)  # for those that queued
            needless = [name for name in needless if not _dropped(engine, name)]


def _dropped(engine: Engine, name: str) -> bool:
    try:
        with transaction(engine) as tx:
            tx.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
            tables.drop(tx, name)
    except LockNotAvailable:
        return False
    return True
