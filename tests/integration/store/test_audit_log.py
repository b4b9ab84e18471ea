"""The audit log cannot be changed without it showing."""

from dataclasses import replace

import pytest
from psycopg import errors
from sqlalchemy import Engine

from engine.queries import status
from engine.store import audit_log, hash_chain
from engine.store.audit_log import AuditBroken
from engine.store.hash_chain import ChainHead
from engine.store.postgres.connection import transaction


def _note_three(database: Engine) -> None:
    for number in range(3):
        with transaction(database) as tx:
            audit_log.note(tx, "reveal", "ada", f"request {number}", {"dead_letter": number})


def _tamper(database: Engine, statement: str) -> None:
    """As somebody with all rights would."""
    with transaction(database) as tx:
        tx.execute("ALTER TABLE audit_log DISABLE TRIGGER USER")
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
    "statement",
    [
        "UPDATE audit_log SET by = 'bob' WHERE id = 2",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
    ],
)
def test_rows_can_neither_be_changed_nor_deleted(database: Engine, statement: str) -> None:
    _note_three(database)
    with (
        pytest.raises(errors.RaiseException, match="audit_log is append-only"),
        transaction(database) as tx,
    ):
        tx.execute(statement)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE audit_log SET by = 'bob' WHERE id = 2", "entry 2 .* is not as it was written"),
        ("UPDATE audit_log SET details = '{}' WHERE id = 2", "entry 2 .* is not as it was written"),
        ("UPDATE audit_log SET details = '{' WHERE id = 2", "entry 2 .* its details are no JSON"),
        ("UPDATE audit_log SET hash = '' WHERE id = 2", "entry 2 .* is not as it was written"),
        ("DELETE FROM audit_log WHERE id = 2", "entry 2 .* is missing: entry 3 follows 1"),
        ("DELETE FROM audit_log WHERE id = 1", "entry 1 .* is missing: entry 2 follows 0"),
        ("UPDATE audit_log SET id = 4 WHERE id = 3", "entry 3 .* is missing: entry 4 follows 2"),
    ],
)
def test_the_first_row_changed_by_force_is_named(
    database: Engine, statement: str, what: str
) -> None:
    _note_three(database)
    _tamper(database, statement)
    with pytest.raises(AuditBroken, match=what), transaction(database) as tx:
        audit_log.verify(tx)


def test_entries_cut_off_from_the_end_show_by_the_number_and_head_of_before(
    database: Engine,
) -> None:
    with transaction(database) as tx:
        assert audit_log.verify(tx) == ChainHead(0, "0" * 64)
    _note_three(database)
    with transaction(database) as tx:
        before = audit_log.verify(tx)
    assert before.entries == 3
    _tamper(database, "DELETE FROM audit_log WHERE id = 3")
    with transaction(database) as tx:
        assert audit_log.verify(tx).entries == 2
        audit_log.note(tx, "reveal", "eve", "another third", {})
        after = audit_log.verify(tx)
    assert (after.entries, after.head == before.head) == (3, False)


def test_a_status_has_the_number_and_the_head(database: Engine) -> None:
    _note_three(database)
    with transaction(database) as tx:
        assert status.read(tx, {}).audit_log == audit_log.verify(tx)


def test_an_entry_replaced_with_its_hash_shows_by_the_one_after_it(database: Engine) -> None:
    _note_three(database)
    with transaction(database) as tx:
        first, second, _ = audit_log.entries(tx)
        after_first = hash_chain.hash_after(hash_chain.GENESIS, first)
        other = hash_chain.hash_after(after_first, replace(second, by="bob"))
    _tamper(database, f"UPDATE audit_log SET by = 'bob', hash = '\\x{other.hex()}' WHERE id = 2")
    with pytest.raises(AuditBroken, match=r"entry 3 .* one before"), transaction(database) as tx:
        audit_log.verify(tx)
