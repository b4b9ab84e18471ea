"""Workers that are frozen in the middle of a transaction, and hold what others wait for.

Their server process cannot end itself: while it waits for the rest of a COPY, no timeout fires. But
no transaction of a worker that runs gets older than its transaction_timeout, so one that has is
ended from outside. The frozen worker's batch is another worker's by then.
"""

from typing import NamedTuple

from sqlalchemy import Engine

from engine.store.postgres import locks
from engine.store.postgres.connection import transaction

WORKER = "badge-engine-worker"
"""The name under which workers connect."""
LONGEST = "badge_engine.worker_transaction_timeout"
"""What a session that is no worker's takes for the transaction_timeout of workers, if it is set."""


class LockHolders(NamedTuple):
    """Who may hold what is waited for: pids of server processes with names of applications.
    `ended` were frozen workers and are gone; `waiting` are the oldest others."""

    ended: list[int]
    waiting: list[str]


# Sessions of this role in this database; `longest` is ours, and null where we have no limit.
_OTHERS = """
    FROM pg_stat_activity,
        (SELECT nullif(setting::int, 0) * interval '1 ms' AS longest FROM pg_settings
         WHERE name = 'transaction_timeout') ours
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user
"""


def end_frozen(engine: Engine) -> LockHolders:
    """End the transactions of frozen workers.

    All workers must use the same role: PostgreSQL lets nobody else end them, and shows nobody else
    how old they are.
    """
    with transaction(engine) as tx:
        ended = tx.rows(
            f"SELECT pid, pg_terminate_backend(pid) {_OTHERS} "
            "AND application_name = current_setting('application_name') "
            "AND clock_timestamp() - xact_start > longest"
        )
        others = tx.rows(
            f"SELECT pid, application_name {_OTHERS} AND xact_start IS NOT NULL "
            "AND pid <> ALL (%s) ORDER BY xact_start LIMIT 3",
            [pid for pid, _ in ended],
        )
    return LockHolders(
        [pid for pid, done in ended if done], [f"{pid} {name}" for pid, name in others]
    )


# Sessions that hold the cutover lock; how old another role's transaction is, is not shown to all.
_IN_BATCHES = f"""
    FROM pg_stat_activity a JOIN pg_locks l USING (pid)
    WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database()
    AND l.database = a.datid AND l.classid::bigint = {locks.CUTOVER >> 32}
    AND l.objid::bigint = {locks.CUTOVER & 0xFFFFFFFF} AND pid <> pg_backend_pid()
"""


def end_frozen_in_batches(engine: Engine) -> LockHolders:
    """End the transactions of frozen workers that keep a cutover waiting: every other worker may
    be frozen, too.

    Those of whose role ours is no member stay.
    """
    with transaction(engine) as tx:
        ended = tx.rows(
            f"SELECT pid, pg_terminate_backend(pid) {_IN_BATCHES} "
            "AND application_name = %s AND pg_has_role(a.usesysid, 'USAGE') "
            f"AND clock_timestamp() - xact_start > "
            f"nullif(current_setting('{LONGEST}', true), '')::interval",
            WORKER,
        )
        others = tx.rows(
            f"SELECT pid, application_name {_IN_BATCHES} AND pid <> ALL (%s) "
            "ORDER BY xact_start LIMIT 3",
            [pid for pid, _ in ended],
        )
    return LockHolders(
        [pid for pid, done in ended if done], [f"{pid} {name}" for pid, name in others]
    )
