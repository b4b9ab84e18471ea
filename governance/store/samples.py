"""Decided cases that others judge once more, by quarter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.store.postgres.connection import Transaction

SampleVerdict = Literal["agrees", "disagrees"]

_COLUMNS = "program, quarter, case_id::text, judge, assigned_at, verdict, judged_at"


@dataclass(frozen=True, slots=True)
class AuditSample:
    """A case and who judges it. `verdict`: whether they would have decided as the committee did;
    None before they have."""

    program: str
    quarter: str
    case_id: str
    judge: str
    assigned_at: datetime
    verdict: SampleVerdict | None = None
    judged_at: datetime | None = None


def add(tx: Transaction, sample: AuditSample) -> None:
    """Let somebody judge a case."""
    tx.execute(
        "INSERT INTO governance.samples (program, quarter, case_id, judge, assigned_at) "
        "VALUES (%s, %s, %s::text::uuid, %s, %s)",
        sample.program, sample.quarter, sample.case_id, sample.judge, sample.assigned_at,
    )  # fmt: skip


def is_asked(tx: Transaction, case_id: str, who: str) -> bool:
    """Whether somebody is asked to judge a case and has not."""
    return (
        tx.one(
            "SELECT FROM governance.samples WHERE case_id = %s::text::uuid AND judge = %s "
            "AND judged_at IS NULL LIMIT 1",
            case_id, who,
        )
        is not None
    )  # fmt: skip


def judge(tx: Transaction, sample: AuditSample, verdict: SampleVerdict, now: datetime) -> bool:
    """Write how somebody judged; False: they have before."""
    return bool(
        tx.execute(
            "UPDATE governance.samples SET verdict = %s, judged_at = %s WHERE program = %s "
            "AND quarter = %s AND case_id = %s::text::uuid AND judge = %s AND judged_at IS NULL",
            verdict, now, sample.program, sample.quarter, sample.case_id, sample.judge,
        )
    )  # fmt: skip


def of_program(tx: Transaction, program: str, quarter: str | None = None) -> list[AuditSample]:
    """Those of a program, or of a quarter of it, latest quarter first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.samples WHERE program = %s "
        "AND (%s::text IS NULL OR quarter = %s) ORDER BY quarter DESC, case_id, judge",
        program, quarter, quarter,
    )  # fmt: skip
    return [AuditSample(*row) for row in rows]


def of_judge(tx: Transaction, program: str, who: str) -> list[AuditSample]:
    """Those that somebody is asked to judge or has judged, latest quarter first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.samples WHERE program = %s AND judge = %s "
        "ORDER BY quarter DESC, case_id",
        program, who,
    )  # fmt: skip
    return [AuditSample(*row) for row in rows]
