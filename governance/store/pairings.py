"""Pairings that a coordinator confirmed, and what the directory has of people who are paired."""

from dataclasses import dataclass
from datetime import datetime

from engine.store.postgres.connection import Transaction

_COLUMNS = (
    "record_id::text, program, senior, newcomer, draw_id::text, confirmed_at, ended_at, "
    "seen_through"
)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two who are paired, or were. `seen_through`: the newcomer's first cohort has ended, and the
    senior saw them through it."""

    record_id: str
    program: str
    senior: str
    newcomer: str
    draw_id: str
    confirmed_at: datetime
    ended_at: datetime | None = None
    seen_through: bool = False

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None


def add(tx: Transaction, pairing: Pairing) -> bool:
    """Keep a pairing; False: the newcomer is in one."""
    return bool(
        tx.execute(
            "INSERT INTO governance.pairings (record_id, program, senior, newcomer, draw_id, "
            "confirmed_at, seen_through) VALUES (%s::text::uuid, %s, %s, %s, %s::text::uuid, %s, "
            "false) ON CONFLICT DO NOTHING",
            pairing.record_id, pairing.program, pairing.senior, pairing.newcomer, pairing.draw_id,
            pairing.confirmed_at,
        )
    )  # fmt: skip


def of_program(tx: Transaction, program: str) -> list[Pairing]:
    """All of a program, the latest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.pairings WHERE program = %s "
        "ORDER BY confirmed_at DESC, newcomer, senior",
        program,
    )
    return [Pairing(*row) for row in rows]


def end(tx: Transaction, record_id: str, now: datetime, *, seen_through: bool) -> bool:
    """End a pairing; False: it has ended."""
    return bool(
        tx.execute(
            "UPDATE governance.pairings SET ended_at = %s, seen_through = %s "
            "WHERE record_id = %s::text::uuid AND ended_at IS NULL",
            now, seen_through, record_id,
        )
    )  # fmt: skip


def described(tx: Transaction, program: str) -> dict[str, tuple[str | None, bool]]:
    """The time zone of each person of a program whom the platform describes, and whether they are
    active."""
    rows = tx.rows(
        "SELECT participant, timezone, active FROM directory.participants "
        "WHERE program = %s ORDER BY participant",
        program,
    )
    return {participant: (timezone, active) for participant, timezone, active in rows}
