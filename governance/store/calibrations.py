"""Calibrations: who was asked to rate which anchors, what they gave, and how far they agreed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from engine.store.postgres.connection import Row, Transaction
from governance.rules.calibration.agreement import AgreementHeld, RowAgreement
from governance.rules.calibration.raters import RaterFinding

CalibrationState = Literal["open", "closed", "held"]
"""open: raters rate; closed: what they gave is compared next; held: the result is there."""
Asks = Literal["everybody", "coached"]

_COLUMNS = (
    "calibration_id::text, program, rubric, asks, anchors::text[], state, opened_at, opened_by, "
    "due_on, closed_at, result"
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """One calibration under a rubric such as "practice/1". `anchors`: ids, in the order in which
    they are rated; `due_on`: the last local day for ratings; `result`: once it is held."""

    calibration_id: str
    program: str
    rubric: str
    asks: Asks
    anchors: tuple[str, ...]
    state: CalibrationState
    opened_at: datetime
    opened_by: str
    due_on: date
    closed_at: datetime | None = None
    result: AgreementHeld | None = None


@dataclass(frozen=True, slots=True)
class Rater:
    """Somebody who is asked. `took_part`, `finding`: once it is held. `sealed`: how far they were
    from the anchors. `rated`: how many anchors they have rated."""

    calibration_id: str
    rater: str
    asked_at: datetime
    took_part: bool | None = None
    finding: RaterFinding | None = None
    sealed: bytes | None = field(default=None, repr=False)
    rated: int = 0


@dataclass(frozen=True, slots=True)
class AnchorRating:
    """What a rater gave an anchor, sealed."""

    rater: str
    anchor_id: str
    given_at: datetime
    sealed: bytes = field(repr=False)


def insert(tx: Transaction, calibration: Calibration) -> bool:
    """Open a calibration; False: one of the rubric is open already."""
    return bool(
        tx.execute(
            "INSERT INTO governance.calibrations (calibration_id, program, rubric, asks, anchors, "
            "state, opened_at, opened_by, due_on) "
            "VALUES (%s::text::uuid, %s, %s, %s, %s::text[]::uuid[], 'open', %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            calibration.calibration_id, calibration.program, calibration.rubric, calibration.asks,
            list(calibration.anchors), calibration.opened_at, calibration.opened_by,
            calibration.due_on,
        )
    )  # fmt: skip


def lock(tx: Transaction, program: str, calibration_id: str) -> Calibration | None:
    """A calibration that nobody else changes until the transaction ends; a text that is no UUID is
    none."""
    return _one(tx, program, calibration_id, "FOR UPDATE")


def of(tx: Transaction, program: str, calibration_id: str) -> Calibration | None:
    """The same, to read."""
    return _one(tx, program, calibration_id, "")


def of_program(tx: Transaction, program: str, rubric: str | None = None) -> list[Calibration]:
    """Those of a program, or of a rubric of it, latest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.calibrations WHERE program = %s "
        "AND (%s::text IS NULL OR rubric = %s) ORDER BY opened_at DESC, calibration_id",
        program, rubric, rubric,
    )  # fmt: skip
    return [_calibration(row) for row in rows]


def waiting(tx: Transaction) -> list[Calibration]:
    """Those of all programs that have no result yet."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.calibrations WHERE state <> 'held' "
        "ORDER BY opened_at, calibration_id"
    )
    return [_calibration(row) for row in rows]


def close(tx: Transaction, calibration_id: str, now: datetime) -> None:
    """Write that an open one that was locked is closed."""
    tx.execute(
        "UPDATE governance.calibrations SET state = 'closed', closed_at = %s "
        "WHERE calibration_id = %s::text::uuid",
        now, calibration_id,
    )  # fmt: skip


def hold(tx: Transaction, calibration_id: str, result: AgreementHeld) -> None:
    """Write the result of one that is closed and was locked."""
    tx.execute(
        "UPDATE governance.calibrations SET state = 'held', result = %s "
        "WHERE calibration_id = %s::text::uuid",
        _encoded(result), calibration_id,
    )  # fmt: skip


# ---- raters


def ask(tx: Transaction, rater: Rater) -> None:
    """Ask somebody, who may be asked already."""
    tx.execute(
        "INSERT INTO governance.calibration_raters (calibration_id, rater, asked_at) "
        "VALUES (%s::text::uuid, %s, %s) ON CONFLICT DO NOTHING",
        rater.calibration_id, rater.rater, rater.asked_at,
    )  # fmt: skip


_RATER = """
SELECT r.calibration_id::text, r.rater, r.asked_at, r.took_part, r.finding, r.sealed,
  (SELECT count(*) FROM governance.anchor_ratings a
    WHERE a.calibration_id = r.calibration_id AND a.rater = r.rater)
FROM governance.calibration_raters r
"""


def raters(tx: Transaction, calibration_ids: Collection[str]) -> list[Rater]:
    """Who is asked in these calibrations, by name."""
    rows = tx.rows(
        _RATER + "WHERE r.calibration_id = ANY (%s::text[]::uuid[]) ORDER BY r.calibration_id, "
        "r.rater",
        list(calibration_ids),
    )
    return [_rater(row) for row in rows]


def of_rater(tx: Transaction, program: str, rater: str) -> list[Rater]:
    """What somebody is or was asked in a program, latest first."""
    rows = tx.rows(
        _RATER + "JOIN governance.calibrations c USING (calibration_id) "
        "WHERE c.program = %s AND r.rater = %s ORDER BY c.opened_at DESC, r.calibration_id",
        program, rater,
    )  # fmt: skip
    return [_rater(row) for row in rows]


def find(
    tx: Transaction, calibration_id: str, rater: str, took_part: bool, finding: RaterFinding,
    sealed: bytes,
) -> None:  # fmt: skip
    """Write what a calibration says of a rater."""
    tx.execute(
        "UPDATE governance.calibration_raters SET took_part = %s, finding = %s, sealed = %s "
        "WHERE calibration_id = %s::text::uuid AND rater = %s",
        took_part, finding, sealed, calibration_id, rater,
    )  # fmt: skip


def latest_findings(tx: Transaction, program: str, rubric: str) -> Mapping[str, RaterFinding]:
    """What the last calibration under a rubric that could tell says of each rater."""
    rows = tx.rows(
        "SELECT DISTINCT ON (rater) rater, finding FROM governance.calibration_raters "
        "JOIN governance.calibrations c USING (calibration_id) "
        "WHERE c.program = %s AND c.rubric = %s AND finding IN ('passed', 'coached') "
        "ORDER BY rater, c.opened_at DESC",
        program, rubric,
    )  # fmt: skip
    return dict(rows)


# ---- ratings


def rate(tx: Transaction, calibration_id: str, rating: AnchorRating) -> None:
    """Write what somebody gives an anchor, in place of what they gave before."""
    tx.execute(
        "INSERT INTO governance.anchor_ratings (calibration_id, rater, anchor_id, given_at, "
        "sealed) VALUES (%s::text::uuid, %s, %s::text::uuid, %s, %s) "
        "ON CONFLICT (calibration_id, rater, anchor_id) "
        "DO UPDATE SET given_at = EXCLUDED.given_at, sealed = EXCLUDED.sealed",
        calibration_id, rating.rater, rating.anchor_id, rating.given_at, rating.sealed,
    )  # fmt: skip


def ratings(tx: Transaction, calibration_id: str, rater: str | None = None) -> list[AnchorRating]:
    """What was given in a calibration, or by one rater."""
    rows = tx.rows(
        "SELECT rater, anchor_id::text, given_at, sealed FROM governance.anchor_ratings "
        "WHERE calibration_id = %s::text::uuid AND (%s::text IS NULL OR rater = %s) "
        "ORDER BY rater, anchor_id",
        calibration_id, rater, rater,
    )  # fmt: skip
    return [
        AnchorRating(by, anchor_id, given_at, bytes(sealed))
        for by, anchor_id, given_at, sealed in rows
    ]


def _one(tx: Transaction, program: str, calibration_id: str, locking: str) -> Calibration | None:
    try:
        known = str(UUID(calibration_id))
    except ValueError:
        return None
    row = tx.one(
        f"SELECT {_COLUMNS} FROM governance.calibrations WHERE program = %s "
        f"AND calibration_id = %s::text::uuid {locking}",
        program, known,
    )  # fmt: skip
    return None if row is None else _calibration(row)


def _calibration(row: Row) -> Calibration:
    *known, result = row
    calibration = Calibration(*known)
    held = None if result is None else _decoded(result)
    return replace(calibration, anchors=tuple(calibration.anchors), result=held)


def _rater(row: Row) -> Rater:
    rater = Rater(*row)
    return replace(rater, sealed=None if rater.sealed is None else bytes(rater.sealed))


class _StoredRow(msgspec.Struct, frozen=True):
    row: str
    alpha: str | None
    low: str | None
    high: str | None
    ratings: int


class _StoredResult(msgspec.Struct, frozen=True):
    raters: int
    rows: list[_StoredRow]


def _encoded(result: AgreementHeld) -> str:
    rows: Sequence[_StoredRow] = [
        _StoredRow(row.row, _text(row.alpha), _text(row.low), _text(row.high), row.ratings)
        for row in result.rows
    ]
    return msgspec.json.encode(_StoredResult(result.raters, list(rows))).decode()


def _decoded(text: str) -> AgreementHeld:
    stored = msgspec.json.decode(text, type=_StoredResult)
    return AgreementHeld(
        stored.raters,
        tuple(
            RowAgreement(
                row.row, _number(row.alpha), _number(row.low), _number(row.high), row.ratings
            )
            for row in stored.rows
        ),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
