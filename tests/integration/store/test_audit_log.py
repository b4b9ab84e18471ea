"""The audit log cannot be changed without it showing."""

import pytest
from psycopg import errors
from sqlalchemy import Engine

from engine.store import audit_log
from engine.store.audit_log import AuditBroken
from engine.store.postgres.connection import transaction


def _note_three(database: Engine) -> None:
    for number in range(3):
        with transaction(database) as tx:
            audit_log.note(tx, "reveal", "ada", f"request {number}", {"dead_letter": number})


def _tamper(database: Engine, statement: str) -> None:
    """As somebody with all rights would."""
    with transaction(database) as tx:
        tx.execute("ALTER TABLE audit_log DISABLE TRIGGER append_only")
        assert tx.execute(statement) == 1


def test_what_was_noted_is_read_in_order(database: Engine) -> None:
    _note_three(database)
    with transaction(database) as tx:
        found = list(audit_log.entries(tx))
    assert [entry.id for entry in found] == [1, 2, 3]
    assert [entry.reason for entry in found] == ["request 0", "request 1", "request 2"]
    assert found[2].details == {"dead_letter": 2}
    assert found[0].at.endswith("+00:00")


def test_a_note_goes_with_the_transaction_it_is_about(database: Engine) -> None:
    def fail_after_noting() -> None:
        with transaction(database) as tx:
            audit_log.note(tx, "reveal", "ada", "request", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_noting()
    with transaction(database) as tx:
        assert list(audit_log.entries(tx)) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_log SET by = 'bob' WHERE id = 2", "DELETE FROM audit_log"]
)
def test_rows_can_neither_be_changed_nor_deleted(database: Engine, statement: str) -> None:
    _note_three(database)
    with (
        pytest.raises(errors.RaiseException, match="audit_log is append-only"),
        transaction(database) as tx,
    ):
        tx.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET by = 'bob' WHERE id = 2",
        "UPDATE audit_log SET details = '{}' WHERE id = 2",
        "DELETE FROM audit_log WHERE id = 2",
        "UPDATE audit_log SET id = 4 WHERE id = 3",
    ],
)
def test_a_row_changed_by_force_shows(database: Engine, statement: str) -> None:
    _note_three(database)
    _tamper(database, statement)
    with pytest.raises(AuditBroken, match=r"entry \d"), transaction(database) as tx:
        list(audit_log.entries(tx))
