"""Published fairness reports, the answers to them, and what people declare for them."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime

from engine.store.postgres.connection import Transaction

_REPORT = "program, quarter, document, digest, published_at"
_ANSWER = 'program, quarter, dimension, "group", step, answer, answered_by, answered_at'


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """The report of a quarter. `digest`: hex SHA-256 of the document, which names nobody."""

    program: str
    quarter: str
    document: str
    digest: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class FairnessAnswer:
    """What the committee says to a flagged share of a report."""

    program: str
    quarter: str
    dimension: str
    group: str
    step: str
    answer: str
    answered_by: str
    answered_at: datetime


def publish(tx: Transaction, report: PublishedReport) -> bool:
    """Store a report; False: there is one of the quarter, which stays."""
    return bool(
        tx.execute(
            f"INSERT INTO governance.fairness_reports ({_REPORT}) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            *astuple(report),
        )
    )


def quarters(tx: Transaction, program: str) -> list[str]:
    """The quarters of which there are reports, latest first."""
    rows = tx.rows(
        "SELECT quarter FROM governance.fairness_reports WHERE program = %s ORDER BY quarter DESC",
        program,
    )
    return [quarter for (quarter,) in rows]


def of_quarter(tx: Transaction, program: str, quarter: str) -> PublishedReport | None:
    """The report of a quarter, if it is published."""
    row = tx.one(
        f"SELECT {_REPORT} FROM governance.fairness_reports WHERE program = %s AND quarter = %s",
        program, quarter,
    )  # fmt: skip
    return PublishedReport(*row) if row is not None else None


def answer(tx: Transaction, given: FairnessAnswer) -> bool:
    """Store an answer; False: the share is answered already."""
    return bool(
        tx.execute(
            f"INSERT INTO governance.fairness_answers ({_ANSWER}) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            *astuple(given),
        )
    )


def answers(tx: Transaction, program: str, quarter: str) -> list[FairnessAnswer]:
    """The answers to a report, first to last."""
    rows = tx.rows(
        f"SELECT {_ANSWER} FROM governance.fairness_answers "
        "WHERE program = %s AND quarter = %s ORDER BY answered_at, dimension, step",
        program, quarter,
    )  # fmt: skip
    return [FairnessAnswer(*row) for row in rows]


def declare(
    tx: Transaction,
    program: str,
    participant: str,
    dimension: str,
    group: str | None,
    now: datetime,
) -> None:
    """Note the group that somebody names of themselves; None: none any more."""
    tx.execute(
        'INSERT INTO governance.declared_groups (program, participant, dimension, "group", '
        "declared_at) VALUES (%s, %s, %s, %s, %s) "
        "ON CONFLICT (program, participant, dimension) "
        'DO UPDATE SET "group" = EXCLUDED."group", declared_at = EXCLUDED.declared_at',
        program, participant, dimension, group, now,
    )  # fmt: skip


def declared(tx: Transaction, program: str, participant: str) -> Mapping[str, str]:
    """What somebody declares, by dimension."""
    rows = tx.rows(
        'SELECT dimension, "group" FROM governance.declared_groups '
        'WHERE program = %s AND participant = %s AND "group" IS NOT NULL ORDER BY dimension',
        program, participant,
    )  # fmt: skip
    return dict(rows)


def all_declared(tx: Transaction, program: str) -> dict[str, dict[str, str]]:
    """What everybody of a program declares, by person and dimension."""
    rows = tx.rows(
        'SELECT participant, dimension, "group" FROM governance.declared_groups '
        'WHERE program = %s AND "group" IS NOT NULL',
        program,
    )
    by_person: dict[str, dict[str, str]] = {}
    for participant, dimension, group in rows:
        by_person.setdefault(participant, {})[dimension] = group
    return by_person
