"""What was usual in cohorts, frozen when they ended: what later cohorts are compared with."""

from dataclasses import dataclass
from datetime import datetime

from engine.store.postgres.connection import Transaction

_COLUMNS = "program, cohort, track, as_of, document, frozen_at, reviewed_at"


@dataclass(frozen=True, slots=True)
class FrozenBaseline:
    """The figures of a cohort and track. `as_of`: an instant; `document`: canonical JSON."""

    program: str
    cohort: str
    track: str
    as_of: str
    document: str
    frozen_at: datetime
    reviewed_at: datetime | None = None


def freeze(tx: Transaction, frozen: FrozenBaseline) -> bool:
    """Keep the figures of a cohort and track; False: they are frozen already."""
    return bool(
        tx.execute(
            f"INSERT INTO governance.baselines ({_COLUMNS}) "
            "VALUES (%s, %s, %s, %s, %s, %s, NULL) ON CONFLICT DO NOTHING",
            frozen.program, frozen.cohort, frozen.track, frozen.as_of, frozen.document,
            frozen.frozen_at,
        )
    )  # fmt: skip


def review(tx: Transaction, program: str, now: datetime) -> int:
    """Note that somebody looked whether those of a program still fit; gives how many there are."""
    return tx.execute(
        "UPDATE governance.baselines SET reviewed_at = %s WHERE program = %s", now, program
    )


def of_program(tx: Transaction, program: str) -> list[FrozenBaseline]:
    """Those of a program, by cohort and track."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.baselines WHERE program = %s ORDER BY cohort, track",
        program,
    )
    return [FrozenBaseline(*row) for row in rows]
