"""The table web.shares: awards that people show to everybody, each under an address of its own.

A share that ended stays, so that its page says so. It ends once: why it did is never written over,
but by an erasure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from engine.store.postgres.connection import Row, Transaction
from web.store import credentials

Why = Literal["withdrawn", "revoked", "erased"]


@dataclass(frozen=True, slots=True)
class StoredShare:
    """An award that is shown, or was. `revision`: the award's, which another revision is not;
    `participant` and `award_id` are None once the person is erased; `ended` and `why` are None
    while it is shown."""

    share_id: str
    program: str
    participant: str | None
    award_id: str | None
    revision: int
    show_name: bool
    made: datetime
    ended: datetime | None = None
    why: Why | None = None


class SharedAward(NamedTuple):
    """Which award is shown under an address, by its id and revision."""

    share_id: str
    award_id: str
    revision: int


_COLUMNS = "share_id, program, participant, award_id::text, revision, show_name, made, ended, why"
_AWARDS = "SELECT share_id, award_id::text, revision FROM web.shares WHERE ended IS NULL"


def lock(tx: Transaction, program: str, participant: str) -> None:
    """Change somebody's shares alone, and not while they are erased, until the transaction ends."""
    tx.rows("SELECT pg_advisory_xact_lock(web.share_lock(%s, %s))", program, participant)


def is_erased(tx: Transaction, program: str, participant: str) -> bool:
    """Whether somebody was erased, and not described again since."""
    row = tx.one(
        "SELECT FROM directory.erased e WHERE e.program = %s AND e.participant = %s AND NOT EXISTS "
        "(SELECT FROM directory.participants p WHERE p.program = e.program "
        "AND p.participant = e.participant)",
        program, participant,
    )  # fmt: skip
    return row is not None


def find(tx: Transaction, share_id: str) -> StoredShare | None:
    """What is, or was, under an address."""
    row = tx.one(f"SELECT {_COLUMNS} FROM web.shares WHERE share_id = %s", share_id)
    return None if row is None else _share(row)


def live(
    tx: Transaction, program: str, participant: str, award_id: str, *, to_change: bool = False
) -> StoredShare | None:
    """The share of somebody's award, if it is shown. `to_change`: nobody else ends it until the
    transaction does."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM web.shares WHERE ended IS NULL AND award_id = %s::text::uuid "
        "AND program = %s AND participant = %s" + (" FOR UPDATE" if to_change else ""),
        award_id, program, participant,
    )  # fmt: skip
    return None if row is None else _share(row)


def of_person(tx: Transaction, program: str, participant: str) -> list[StoredShare]:
    """What somebody ever shared in a program, first to last."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM web.shares WHERE program = %s AND participant = %s "
        "ORDER BY made, share_id",
        program, participant,
    )  # fmt: skip
    return [_share(row) for row in rows]


def of_awards(tx: Transaction, awards: Iterable[str]) -> list[SharedAward]:
    """Which of these awards are shown."""
    wanted = sorted(set(awards))
    rows = tx.rows(f"{_AWARDS} AND award_id = ANY (%b::text[]::uuid[])", wanted)
    return [SharedAward(*row) for row in rows]


def after(tx: Transaction, award_id: str | None, limit: int) -> list[SharedAward]:
    """The awards that are shown, by id, from the first or after one."""
    rows = tx.rows(
        f"{_AWARDS} AND (%s::text IS NULL OR shares.award_id > %s::text::uuid) "
        "ORDER BY shares.award_id LIMIT %s",
        award_id, award_id, limit,
    )  # fmt: skip
    return [SharedAward(*row) for row in rows]


def insert(tx: Transaction, share: StoredShare) -> None:
    """Show an award. The caller has the lock of its holder, and has seen that none shows it."""
    tx.execute(
        "INSERT INTO web.shares (share_id, program, participant, award_id, revision, show_name, "
        "made) VALUES (%s, %s, %s, %s::text::uuid, %s, %s, %s)",
        share.share_id, share.program, share.participant, share.award_id, share.revision,
        share.show_name, share.made,
    )  # fmt: skip


def set_show_name(tx: Transaction, share_id: str, show_name: bool) -> None:
    """Show the holder's name from now on, or no longer."""
    tx.execute(
        "UPDATE web.shares SET show_name = %s WHERE share_id = %s AND ended IS NULL",
        show_name, share_id,
    )  # fmt: skip


def end(tx: Transaction, share_ids: Iterable[str], why: Why, now: datetime) -> int:
    """End these that are still shown, and revoke their credentials; gives how many."""
    # Locked in one order, as an erasure locks them.
    rows = tx.rows(
        "SELECT share_id FROM web.shares WHERE share_id = ANY (%b::text[]) AND ended IS NULL "
        "ORDER BY share_id FOR UPDATE",
        sorted(set(share_ids)),
    )
    ended = [share_id for (share_id,) in rows]
    if ended:
        tx.execute(
            "UPDATE web.shares SET ended = %s, why = %s WHERE share_id = ANY (%b::text[])",
            now, why, ended,
        )  # fmt: skip
        credentials.revoke(tx, ended, now)
    return len(ended)


def _share(row: Row) -> StoredShare:
    return StoredShare(*row)
