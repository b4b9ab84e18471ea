"""The process: one moves cases and publishes, others stand by.

Moving and publishing have a thread each, so a Kafka that is away keeps no case from going on.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import psycopg
from kafka.errors import KafkaError
from sqlalchemy import Engine

from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES, OutageLog
from engine.sole_reader import standby
from engine.store.postgres import locks, schema
from engine.store.postgres.connection import Transaction, transaction
from events.deliveries import DeliveryError
from governance.committee import Committee
from governance.migrations import CHAIN
from governance.process import publishing
from governance.process.daily_work import DailyWork
from governance.process.moving_on import MovingOn
from governance.process.publishing import CommitteePublisher
from governance.rules.panels import paths
from governance.rules.panels.problem import Solver

log = logger(__name__)

_KAFKA_OUTAGES = (*DATABASE_OUTAGES, KafkaError, DeliveryError)
_STEP_SECONDS = 1.0
_PAUSE_SECONDS = 0.5

Compare = Callable[[Committee], object]
"""Holds calibrations that are closed: with libraries that pages do without, so it is given."""
OpenPublisher = Callable[[], AbstractContextManager[CommitteePublisher]]
"""Raises KafkaError if Kafka is away."""


class GovernanceProcess:
    """Runs until stopped; waits for a database or a broker that is away. `pool`: of
    badge_governance; `silent_seconds`: after how long without a sign of life another process takes
    over; `solve`: how panels are drawn."""

    def __init__(
        self,
        pool: Engine,
        committee: Committee,
        open_publisher: OpenPublisher,
        silent_seconds: float = 10.0,
        compare: Compare = lambda _: None,
        solve: Solver = paths.solve,
    ) -> None:
        self._pool = pool
        self._committee = committee
        self._open = open_publisher
        self._silent_seconds = silent_seconds
        self._compare = compare
        self._moving = MovingOn(committee, solve=solve)
        self._daily = DailyWork(committee, solve)
        self._stop = threading.Event()
        self._ours = threading.Event()

    def stop(self) -> None:
        """Ask `run` to return after what is at work."""
        self._stop.set()

    def run(self) -> None:
        """Move and publish until stopped."""
        with ThreadPoolExecutor(1, "publisher") as threads:
            publishing_ends = threads.submit(self._publish)
            publishing_ends.add_done_callback(lambda _: self._stop.set())
            try:
                self._move()
            finally:
                self._stop.set()
            publishing_ends.result()

    def _move(self) -> None:
        outage = OutageLog("cases wait", "cases go on again")
        while not self._stop.is_set():
            try:
                self._move_while_ours(outage)
            except DATABASE_OUTAGES as error:
                self._ours.clear()
                outage.met(error)
                self._stop.wait(_PAUSE_SECONDS)

    def _move_while_ours(self, outage: OutageLog) -> None:
        with transaction(self._pool):
            pass  # an address that does not answer says so here, in words
        schema.check(self._pool, CHAIN)
        pooled = self._pool.raw_connection()
        connection = pooled.driver_connection
        assert isinstance(connection, psycopg.Connection)
        pooled.detach()  # the lock lives and dies with this connection
        with connection:
            connection.autocommit = True
            tx = Transaction(connection)
            name = "cases of committees"
            if not standby.lock(tx, locks.GOVERNANCE, name, self._silent_seconds, self._stop.wait):
                return
            log.info("cases go on here")
            self._ours.set()
            while not self._stop.is_set():
                self._moving.step()
                self._daily.step()
                self._compare(self._committee)
                outage.over()
                self._stop.wait(_STEP_SECONDS)
                tx.execute("SELECT")  # it says that we live, and shows that the lock is ours

    def _publish(self) -> None:
        outage = OutageLog("decisions wait to be published", "decisions are published again")
        while not self._stop.is_set():
            if not self._ours.wait(_PAUSE_SECONDS):
                continue
            try:
                with self._open() as publisher:
                    self._publish_while_ours(publisher, outage)
            except _KAFKA_OUTAGES as error:
                outage.met(error)
                self._stop.wait(_PAUSE_SECONDS)

    def _publish_while_ours(self, publisher: CommitteePublisher, outage: OutageLog) -> None:
        """What two processes publish at once, while one takes over, is one fact: its bytes and its
        id are the same."""
        while self._ours.is_set() and not self._stop.is_set():
            publishing.publish(self._committee, publisher)
            outage.over()
            self._stop.wait(_STEP_SECONDS)
