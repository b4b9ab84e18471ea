"""Ends shares whose awards are no longer held, without anybody looking at their pages.

Each people process has one. It looks at all shares once a minute, and at those that the awards feed
says were revoked at once; an award that a silent replay takes away is in no feed.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from queue import SimpleQueue

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from engine.observability import logger
from engine.queries import award
from engine.queries.snapshot import Reader
from engine.store.postgres import locks
from engine.store.postgres.connection import DatabaseUnreachable, Transaction, transaction
from web.sharing import rules
from web.store import shares
from web.store.shares import SharedAward

log = logger(__name__)

_EVERY_SECONDS = 60.0
_PORTION = 1_000
_AWAY = (psycopg.Error, SQLAlchemyError, DatabaseUnreachable)


class ShareSweep:
    """`reader` sees awards, `people` ends shares. `swept`: called after each round over all that
    went well."""

    def __init__(
        self,
        reader: Reader,
        people: Engine,
        clock: Callable[[], datetime],
        swept: Callable[[], None] = lambda: None,
        every_seconds: float = _EVERY_SECONDS,
    ) -> None:
        self._reader = reader
        self._people = people
        self._clock = clock
        self._swept = swept
        self._every_seconds = every_seconds
        self._revoked: SimpleQueue[str] = SimpleQueue()
        self._awake = threading.Event()
        self._stopping = False

    def revoked(self, award_id: str) -> None:
        """An award was revoked: its share, if there is one, is to end now."""
        self._revoked.put(award_id)
        self._awake.set()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Look for the length of the block."""
        thread = threading.Thread(target=self._run, name="share-sweep", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopping = True
            self._awake.set()
            thread.join()

    def sweep(self) -> int:
        """End all that are lost; gives how many. Another process that does so now suffices.

        Raises what PostgreSQL does when it is away."""
        ended, last = 0, None
        with transaction(self._people) as tx:
            row = tx.one("SELECT pg_try_advisory_xact_lock(%s)", locks.SHARES)
            if row is None or not row[0]:
                return 0
            while portion := shares.after(tx, last, _PORTION):
                ended += self._end_lost(tx, portion)
                last = portion[-1].award_id
        self._swept()
        return ended

    def end_lost(self, awards: Iterable[str]) -> int:
        """End the shares of those of these awards that are lost; gives how many.

        Raises as `sweep`."""
        with transaction(self._people) as tx:
            return self._end_lost(tx, shares.of_awards(tx, awards))

    def _end_lost(self, tx: Transaction, shown: Sequence[SharedAward]) -> int:
        if not shown:
            return 0
        # Read after the shares: what was shared before is lost by now, or is not.
        with self._reader.snapshot() as snapshot:
            held = award.standing_revisions(snapshot, (one.award_id for one in shown))
        lost = [one for one in shown if rules.is_lost(one.revision, held.get(one.award_id))]
        return shares.end(tx, (one.share_id for one in lost), "revoked", self._clock())

    def _come(self) -> Iterator[str]:
        """The awards that the feed has seen revoked since."""
        while not self._revoked.empty():
            yield self._revoked.get()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._stopping:
            self._awake.clear()
            try:
                if revoked := set(self._come()):
                    self.end_lost(revoked)
                if time.monotonic() >= due:
                    due = time.monotonic() + self._every_seconds
                    self.sweep()
            except _AWAY as error:
                log.warning("shares were not looked at", error=type(error).__name__)
            except Exception as error:  # what is no longer held must not stay shown
                log.error("shares were not looked at", exc_info=error)
            self._awake.wait(max(0.0, due - time.monotonic()))
