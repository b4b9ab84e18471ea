"""The latest look at each decision in force: whether what it rests on still holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class AuditedDecision:
    """A decision as it was last looked at. `differs`: JSON, what no longer holds; `case_id`: the
    case that was opened for it."""

    program: str
    decision_id: str
    at: datetime
    met: bool
    differs: str
    case_id: str | None


def of_program(tx: Transaction, program: str) -> Mapping[str, AuditedDecision]:
    """All that were looked at, by decision."""
    rows = tx.rows(
        "SELECT program, decision_id, at, met, differs, case_id::text FROM governance.audits "
        "WHERE program = %s ORDER BY decision_id",
        program,
    )
    return {row[1]: AuditedDecision(*row) for row in rows}


def write(tx: Transaction, audited: AuditedDecision) -> None:
    """Write the latest look at a decision."""
    tx.execute(
        "INSERT INTO governance.audits (program, decision_id, at, met, differs, case_id) "
        "VALUES (%s, %s, %s, %s, %s, %s::text::uuid) ON CONFLICT (program, decision_id) "
        "DO UPDATE SET at = excluded.at, met = excluded.met, differs = excluded.differs, "
        "case_id = coalesce(excluded.case_id, audits.case_id)",
        audited.program, audited.decision_id, audited.at, audited.met, audited.differs,
        audited.case_id,
    )  # fmt: skip
