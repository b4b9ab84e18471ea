"""Cursors changed by a person's decision: what is given up is counted, what counted in a topic that
is gone is kept under another name. Only while no worker runs, but for halted partitions; see
engine/stream/offsets/recovery.py.
"""

from collections.abc import Iterable

from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor
from engine.store.postgres.connection import Transaction

_PATIENCE = "10s"


def lock(tx: Transaction, topic: str, partitions: Iterable[int] | None = None) -> dict[int, Cursor]:
    """The cursors of a topic's partitions, which nobody else moves until the transaction ends.

    `partitions`: lock only these; None for all.

    Raises:
        psycopg.errors.LockNotAvailable: somebody holds one for longer than 10 s.
    """
    tx.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
    tx.rows(
        "SELECT 1 FROM cursors WHERE topic = %s AND (%b::int[] IS NULL OR partition = ANY (%b)) "
        "ORDER BY partition FOR UPDATE",
        topic, *2 * (None if partitions is None else sorted(partitions),),
    )  # fmt: skip
    return {n: cursor for n, cursor in cursors.read(tx, topic).items() if n >= 0}


def give_up(tx: Transaction, cursor: Cursor, until: int) -> None:
    """Pass the offsets up to, not including, `until`: they count as lost. The partition goes on."""
    tx.execute(
        "UPDATE cursors SET next_offset = %s, lost = lost + %s, halt_kind = NULL, halted = NULL "
        "WHERE topic = %s AND partition = %s",
        until, until - cursor.next_offset, cursor.topic, cursor.partition,
    )  # fmt: skip


def set_aside(tx: Transaction, topic: str, partitions: Iterable[int], name: str) -> None:
    """Keep cursors under another name. Their counts stand; their partitions have none any more."""
    tx.execute(
        "UPDATE cursors SET topic = %s WHERE topic = %s AND partition = ANY (%s::int[])",
        name, topic, sorted(partitions),
    )  # fmt: skip
