"""Who is assigned to a case, and who may not be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.store.postgres.connection import Transaction

LeftWhy = Literal["recused", "silent", "decided"]


@dataclass(frozen=True, slots=True)
class Seat:
    """A member assigned to a case. `left_at`: since when they are not any more."""

    case_id: str
    member: str
    assigned_at: datetime
    left_at: datetime | None = None
    why: LeftWhy | None = None


@dataclass(frozen=True, slots=True)
class Recusal:
    """A member who may not decide a case. `why`: what sort of conflict, for auditors. `declared`:
    by themselves; else it was computed."""

    case_id: str
    member: str
    why: str
    declared: bool
    at: datetime


def assign(tx: Transaction, seat: Seat) -> bool:
    """Assign a member; False: they are or were assigned to this case."""
    return bool(
        tx.execute(
            "INSERT INTO governance.seats (case_id, member, assigned_at) "
            "VALUES (%s::text::uuid, %s, %s) ON CONFLICT DO NOTHING",
            seat.case_id, seat.member, seat.assigned_at,
        )
    )  # fmt: skip


def leave(tx: Transaction, case_id: str, member: str, why: LeftWhy, now: datetime) -> bool:
    """End an assignment; False: there is none."""
    return bool(
        tx.execute(
            "UPDATE governance.seats SET left_at = %s, why = %s "
            "WHERE case_id = %s::text::uuid AND member = %s AND left_at IS NULL",
            now, why, case_id, member,
        )
    )  # fmt: skip


def leave_all(tx: Transaction, case_id: str, now: datetime) -> None:
    """End all assignments to a case that is not to be signed any more."""
    tx.execute(
        "UPDATE governance.seats SET left_at = %s, why = 'decided' "
        "WHERE case_id = %s::text::uuid AND left_at IS NULL",
        now, case_id,
    )  # fmt: skip


def of_case(tx: Transaction, case_id: str) -> list[Seat]:
    """All who are or were assigned to a case, in order."""
    rows = tx.rows(
        "SELECT case_id::text, member, assigned_at, left_at, why FROM governance.seats "
        "WHERE case_id = %s::text::uuid ORDER BY assigned_at, member",
        case_id,
    )
    return [Seat(*row) for row in rows]


def load(tx: Transaction, program: str) -> Mapping[str, int]:
    """To how many cases of a program each member is assigned now; who has none is absent."""
    rows = tx.rows(
        "SELECT s.member, count(*) FROM governance.seats s JOIN governance.cases c USING (case_id) "
        "WHERE c.program = %s AND s.left_at IS NULL GROUP BY s.member",
        program,
    )
    return dict(rows)


def recuse(tx: Transaction, recusal: Recusal) -> bool:
    """Note that a member may not decide a case; False: it is noted already."""
    return bool(
        tx.execute(
            "INSERT INTO governance.recusals (case_id, member, why, declared, at) "
            "VALUES (%s::text::uuid, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            recusal.case_id, recusal.member, recusal.why, recusal.declared, recusal.at,
        )
    )  # fmt: skip


def recusals(tx: Transaction, case_id: str) -> list[Recusal]:
    """Who may not decide a case, by member."""
    rows = tx.rows(
        "SELECT case_id::text, member, why, declared, at FROM governance.recusals "
        "WHERE case_id = %s::text::uuid ORDER BY member",
        case_id,
    )
    return [Recusal(*row) for row in rows]
