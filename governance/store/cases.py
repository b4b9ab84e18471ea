"""The table of cases: one row each, with where it stands now. What happened is in the log."""

from collections.abc import Collection
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime
from uuid import UUID

from engine.store.postgres.connection import Transaction
from governance.rules.states import UNENDED, CaseKind, CaseState, Outcome


@dataclass(frozen=True, slots=True)
class Case:
    """What the committee is asked to decide about one person; the columns of its row, which
    the migration explains. `about`: a stage's badge, or a waiver. `pack`: the number of the current
    one. `due_on`: the last local day of the step."""

    case_id: str
    program: str
    subject: str
    about: str
    kind: CaseKind
    state: CaseState
    opened_at: datetime
    opened_by: str
    state_since: datetime
    due_on: date | None = None
    desk_from: datetime | None = None
    pack: int | None = None
    outcome: Outcome | None = None
    decided_at: datetime | None = None
    decision_id: str | None = None
    of_decision: str | None = None
    of_case: str | None = None
    appeal_of: str | None = None
    wrapped_key: bytes | None = None
    kid: str | None = None
    version: int = 1


_NAMES = [field.name for field in fields(Case)]
_UUIDS = ("case_id", "of_case")
_COLUMNS = ", ".join(f"{name}::text" if name in _UUIDS else name for name in _NAMES)
_VALUES = ", ".join("%s::text::uuid" if name in _UUIDS else "%s" for name in _NAMES)
_SELECT = f"SELECT {_COLUMNS} FROM governance.cases "


def insert(tx: Transaction, case: Case) -> bool:
    """Add a case; False if there is one already of its id, or an open one of the same matter."""
    return bool(
        tx.execute(
            f"INSERT INTO governance.cases ({', '.join(_NAMES)}) VALUES ({_VALUES}) "
            "ON CONFLICT DO NOTHING",
            *astuple(case),
        )
    )


def of(tx: Transaction, program: str, case_id: str) -> Case | None:
    """A case of a program, if there is one of that id; a text that is no UUID is none."""
    return _by_id(tx, program, case_id, "")


def lock(tx: Transaction, program: str, case_id: str) -> Case | None:
    """The same, which nobody else changes until the transaction ends."""
    return _by_id(tx, program, case_id, "FOR UPDATE")


def update(tx: Transaction, case: Case) -> Case:
    """Write what changed of a case that was locked; gives it with its new version."""
    moved = replace(case, version=case.version + 1)
    changes = ", ".join(
        f"{name} = {'%s::text::uuid' if name in _UUIDS else '%s'}" for name in _NAMES[1:]
    )
    written = tx.execute(
        f"UPDATE governance.cases SET {changes} WHERE case_id = %s::text::uuid AND version = %s",
        *astuple(moved)[1:], case.case_id, case.version,
    )  # fmt: skip
    assert written == 1, "a case is locked before it is changed"
    return moved


def page(
    tx: Transaction,
    program: str,
    states: Collection[CaseState],
    kinds: Collection[CaseKind],
    subject: str | None = None,
) -> list[Case]:
    """The cases of a program in these states and of these kinds, those that are due first."""
    return _all(
        tx,
        "WHERE program = %s AND state = ANY (%s::text[]) AND kind = ANY (%s::text[]) "
        "AND (%s::text IS NULL OR subject = %s) ORDER BY due_on NULLS LAST, opened_at, case_id",
        program, list(states), list(kinds), subject, subject,
    )  # fmt: skip


def some(tx: Transaction, case_ids: Collection[str]) -> list[Case]:
    """The cases with these ids, by id."""
    return _all(
        tx,
        "WHERE case_id = ANY (%s::text[]::uuid[]) ORDER BY case_id",
        sorted(case_ids),
    )


def of_subject(tx: Transaction, program: str, subject: str) -> list[Case]:
    """All cases about somebody, latest first."""
    return _all(
        tx,
        "WHERE program = %s AND subject = %s ORDER BY opened_at DESC, case_id",
        program, subject,
    )  # fmt: skip


def of_decision(tx: Transaction, program: str, decision_id: str) -> Case | None:
    """The case that made a decision; None: it was decided elsewhere, or is unknown."""
    return _one(tx, "WHERE program = %s AND decision_id = %s", program, decision_id)


def waiting(tx: Transaction) -> list[Case]:
    """The cases of all programs that have not ended, those longest in their state first."""
    return _all(tx, "WHERE state = ANY (%s::text[]) ORDER BY state_since, case_id", list(UNENDED))


def kids(tx: Transaction) -> list[str]:
    """The names of the keys that keys of cases are wrapped to."""
    rows = tx.rows(
        "SELECT DISTINCT kid FROM governance.cases WHERE wrapped_key IS NOT NULL ORDER BY kid"
    )
    return [kid for (kid,) in rows]


def _by_id(tx: Transaction, program: str, case_id: str, locking: str) -> Case | None:
    try:
        known = str(UUID(case_id))
    except ValueError:
        return None
    return _one(tx, f"WHERE program = %s AND case_id = %s::text::uuid {locking}", program, known)


def _one(tx: Transaction, condition: str, *parameters: object) -> Case | None:
    row = tx.one(_SELECT + condition, *parameters)
    return Case(*row) if row is not None else None


def _all(tx: Transaction, condition: str, *parameters: object) -> list[Case]:
    return [Case(*row) for row in tx.rows(_SELECT + condition, *parameters)]
