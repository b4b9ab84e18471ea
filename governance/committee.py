"""How governance is asked: each use case gets a `Sitting`, made by the process's `Committee`.

A sitting is one transaction of governance's schema with one moment of the engine's tables.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from engine.queries.snapshot import Reader, Snapshot
from engine.store.postgres.connection import Transaction, transaction
from governance.errors import CaseRefused
from governance.store.sealing import CaseKeys


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a use case works with. `tx` is of badge_governance, `engine` of badge_reader; `now` is
    UTC and the same throughout."""

    tx: Transaction
    engine: Snapshot
    keys: CaseKeys
    now: datetime


class Committee:
    """Makes sittings; one per process, for any number of threads."""

    def __init__(
        self, pool: Engine, reader: Reader, keys: CaseKeys, clock: Callable[[], datetime]
    ) -> None:
        self._pool = pool
        self._reader = reader
        self._keys = keys
        self._clock = clock

    @contextmanager
    def sitting(self) -> Iterator[Sitting]:
        """One transaction: committed at the end of the block, rolled back by any exception but a
        refusal that keeps what was written; that is raised after the commit.

        An entry of the log holds back those of all other sittings until the end: lock the case
        first, note last, and move one case a sitting.

        Raises:
            DatabaseUnreachable, DatabaseReadOnly
        """
        refusal: CaseRefused | None = None
        with self._reader.snapshot() as engine, transaction(self._pool) as tx:
            try:
                yield Sitting(tx, engine, self._keys, self._clock())
            except CaseRefused as refused:
                if not refused.keeps:
                    raise
                refusal = refused
        if refusal is not None:
            raise refusal
