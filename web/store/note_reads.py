"""The table web.note_reads: which notes coordinators have read, and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from engine.store.postgres.connection import Transaction


class ReadTally(NamedTuple):
    """How often coordinators have read a note, and when last."""

    times: int
    last: datetime | None


NEVER_READ = ReadTally(0, None)


def add(
    tx: Transaction, program: str, kudos_ids: Iterable[str], at: datetime, by_hash: bytes
) -> None:
    """Notes that one answer shows to a coordinator."""
    tx.execute(
        "INSERT INTO web.note_reads (program, kudos_id, at, by_hash) "
        "SELECT %s, kudos_id, %s, %s FROM unnest(%s::text[]) n (kudos_id)",
        program, at, by_hash, list(kudos_ids),
    )  # fmt: skip


def tallies(tx: Transaction, program: str, kudos_ids: Iterable[str]) -> dict[str, ReadTally]:
    """How often each of these notes was read, by kudos; those never read are left out."""
    rows = tx.rows(
        "SELECT kudos_id, count(*), max(at) FROM web.note_reads "
        "WHERE program = %s AND kudos_id = ANY (%s::text[]) GROUP BY kudos_id",
        program, list(kudos_ids),
    )  # fmt: skip
    return {kudos_id: ReadTally(count, last) for kudos_id, count, last in rows}


def of_reader(tx: Transaction, by_hash: bytes, since: datetime) -> tuple[int, datetime | None]:
    """How many notes a coordinator has read since an instant, and when the first of them."""
    row = tx.one(
        "SELECT count(*), min(at) FROM web.note_reads WHERE by_hash = %s AND at > %s",
        by_hash, since,
    )  # fmt: skip
    assert row is not None
    return int(row[0]), row[1]
