"""Private texts of a case are nowhere but sealed in the log: not in tables, facts or logs."""

import pytest
from structlog.testing import capture_logs

from governance.cases import appeals, desk, hearings, opening
from governance.store import conflicts
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import SUBJECT, Lodge

CANARY = "canary-5e1f-of-a-private-text"


def test_no_table_fact_or_line_of_the_logs_has_a_private_text(
    lodge: Lodge, capfd: pytest.CaptureFixture[str]
) -> None:
    lodge.ready()
    with capture_logs() as logged:
        granted = lodge.apply(reason=CANARY)
        lodge.room.move(hours=73)
        lodge.step()
        first = lodge.seated(granted)[0]
        with lodge.room.sitting() as sitting:
            desk.open_pack(sitting, PROGRAM, granted.case_id, first, blind=False, reason=CANARY)
        with lodge.room.sitting() as sitting:
            desk.recuse(sitting, PROGRAM, granted.case_id, first, CANARY)
        lodge.decide(granted, "granted", statement=CANARY)
        lodge.deliver()
        with lodge.room.sitting() as sitting:
            contested = opening.open_withdrawal(
                sitting, PROGRAM, SUBJECT, str(lodge.case(granted.case_id).decision_id), "cora",
                CANARY,
            )  # fmt: skip
        with lodge.room.sitting() as sitting:
            hearings.answer(sitting, PROGRAM, contested.case_id, SUBJECT, CANARY)
        lodge.room.move(hours=73)
        lodge.step()
        lodge.decide(contested, "retracted", statement=CANARY)
        with lodge.room.sitting() as sitting:
            appeal = appeals.lodge(sitting, PROGRAM, contested.case_id, SUBJECT, CANARY)
            conflicts.declare(
                sitting.tx, PROGRAM, (SUBJECT, "emil"), "declared", "emil", sitting.now
            )
        lodge.step()
        lodge.deliver()

    assert lodge.log_of(appeal)
    sealed = lodge.room.harness.rows(
        "SELECT count(*)::int FROM governance.log WHERE sealed IS NOT NULL"
    )
    assert sealed[0][0] >= 9, "the texts were never kept"
    assert CANARY not in repr(logged) + "".join(capfd.readouterr())
    assert CANARY not in repr(lodge.published())
    with lodge.room.harness.transaction() as tx:
        tables = tx.rows(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname IN ('public', 'governance', 'notify', 'directory', 'web')"
        )
        shown = [
            table
            for (table,) in tables
            for (text,) in tx.rows(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            if CANARY in text or CANARY.encode().hex() in text
        ]
    assert shown == []
