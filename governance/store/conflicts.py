"""Conflicts that people declared: family, employers, or anything else between two of a program."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.store.postgres.connection import Transaction
from governance.store import log

ConflictWhy = Literal["family", "employer", "declared"]

_COLUMNS = "program, one, other, why, declared_by, declared_at, ended_at"


@dataclass(frozen=True, slots=True)
class DeclaredConflict:
    """A conflict of two people, `one` before `other` in order of code points. `ended_at`: since
    when it is none any more."""

    program: str
    one: str
    other: str
    why: ConflictWhy
    declared_by: str
    declared_at: datetime
    ended_at: datetime | None = None


def declare(
    tx: Transaction,
    program: str,
    pair: tuple[str, str],
    why: ConflictWhy,
    by: str,
    now: datetime,
) -> bool:
    """Declare a conflict of two different people, or again one that had ended; False: it stands
    already."""
    one, other = sorted(pair)
    changed = tx.execute(
        f"INSERT INTO governance.conflicts AS c ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, NULL) "
        "ON CONFLICT (program, one, other, why) DO UPDATE SET declared_by = excluded.declared_by, "
        "declared_at = excluded.declared_at, ended_at = NULL WHERE c.ended_at IS NOT NULL",
        program, one, other, why, by, now,
    )  # fmt: skip
    if changed:
        body = {"one": one, "other": other, "why": why, "ended": False}
        log.note(tx, program, None, "conflict.declared", by, body, now)
    return bool(changed)


def end(
    tx: Transaction,
    program: str,
    pair: tuple[str, str],
    why: ConflictWhy,
    by: str,
    now: datetime,
) -> bool:
    """Let a conflict be none any more; False: none stands."""
    one, other = sorted(pair)
    changed = tx.execute(
        "UPDATE governance.conflicts SET ended_at = %s WHERE program = %s AND one = %s "
        "AND other = %s AND why = %s AND ended_at IS NULL",
        now, program, one, other, why,
    )  # fmt: skip
    if changed:
        body = {"one": one, "other": other, "why": why, "ended": True}
        log.note(tx, program, None, "conflict.declared", by, body, now)
    return bool(changed)


def of_person(tx: Transaction, program: str, participant: str) -> list[DeclaredConflict]:
    """The conflicts of somebody that stand."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.conflicts WHERE program = %s "
        "AND (one = %s OR other = %s) AND ended_at IS NULL ORDER BY one, other, why",
        program, participant, participant,
    )  # fmt: skip
    return [DeclaredConflict(*row) for row in rows]


def all_of(tx: Transaction, program: str) -> list[DeclaredConflict]:
    """All conflicts of a program that stand."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.conflicts WHERE program = %s AND ended_at IS NULL "
        "ORDER BY one, other, why",
        program,
    )
    return [DeclaredConflict(*row) for row in rows]
