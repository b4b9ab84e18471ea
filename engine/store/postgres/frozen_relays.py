"""Relays that are frozen, or whose machine lost power, and hold the lock that others wait for.

A relay that runs speaks to the database once a second, whatever Kafka does. A session that has been
silent for longer while the server waits for it to speak, or to read, has nobody at its other end.
"""

from typing import NamedTuple

from engine.store.postgres.connection import Transaction


class RelayLockHolders(NamedTuple):
    """Who holds a relay's lock, as "pid application". `ended` are frozen relays, and gone;
    `others` are at work, or of a role that ours may not end."""

    ended: list[str]
    others: list[str]


def end_frozen(tx: Transaction, lock: int, silent_seconds: float) -> RelayLockHolders:
    """End the session that holds an advisory lock, if it has been silent for so long.

    All relays must use the same role: PostgreSQL lets nobody else end them, and shows nobody else
    how long they have been silent.
    """
    holders = tx.rows(
        "SELECT concat(pid, ' ', application_name), "
        "CASE WHEN pg_has_role(a.usesysid, 'USAGE') AND a.wait_event_type = 'Client' "
        "AND clock_timestamp() - a.state_change > make_interval(secs => %s) "
        "THEN pg_terminate_backend(pid, 5000) ELSE false END "
        "FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
        "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
        "AND a.datname = current_database() AND l.database = a.datid "
        "AND l.classid::bigint = %s AND l.objid::bigint = %s AND pid <> pg_backend_pid()",
        silent_seconds, lock >> 32, lock & 0xFFFFFFFF,
    )  # fmt: skip
    return RelayLockHolders(
        [holder for holder, ended in holders if ended],
        [holder for holder, ended in holders if not ended],
    )
