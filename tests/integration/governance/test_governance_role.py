"""badge_governance can do what governance is for, and nothing else; nobody else can do that."""

from pathlib import Path

import psycopg
import pytest

from engine.store.postgres.connection import connect, transaction
from governance.store import log
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from web.doctor import rights

CASE = "00000000-0000-4000-8000-000000000001"
FROZEN = ("packs", "recusals", "openings", "signatures", "minutes", "log")


def _refused(room: CommitteeRoom, statement: str) -> None:
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        transaction(room.pool) as tx,
    ):
        tx.execute(statement)


def test_its_rights_are_those_that_the_doctor_expects(room: CommitteeRoom) -> None:
    assert list(rights.faults(room.pool, "badge_governance")) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("REVOKE INSERT ON governance.log FROM badge_governance", "lacks INSERT on governance.log"),
        ("GRANT UPDATE ON governance.log TO badge_governance", "has UPDATE on governance.log"),
        ("GRANT DELETE ON governance.packs TO badge_governance", "has DELETE on governance.packs"),
        ("GRANT SELECT ON messages TO badge_governance", "has SELECT on public.messages"),
        ("REVOKE SELECT ON directory.erased FROM badge_governance", "lacks SELECT on directory.er"),
    ],
)
def test_too_few_and_too_many_rights_are_named(
    room: CommitteeRoom, statement: str, fault: str
) -> None:
    with room.harness.transaction() as tx:
        tx.execute(statement)
    (named,) = rights.faults(room.pool, "badge_governance")
    assert named.startswith(fault)


@pytest.mark.parametrize("table", FROZEN)
def test_what_was_signed_opened_frozen_or_noted_is_never_changed(
    room: CommitteeRoom, table: str
) -> None:
    _refused(room, f"DELETE FROM governance.{table}")
    _refused(room, f"TRUNCATE governance.{table}")
    column = "program" if table in ("minutes", "log") else "member"
    _refused(room, f"UPDATE governance.{table} SET {'digest' if table == 'packs' else column} = ''")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM governance.cases",
        "DELETE FROM governance.people",
        "DELETE FROM governance.conflicts",
        "DELETE FROM governance.outbox",
        "UPDATE governance.outbox SET value = ''",
        "UPDATE governance.seats SET member = 'eve'",
        "UPDATE governance.draws SET seed = ''",
        "UPDATE governance.draw_pieces SET digest = ''",
        "UPDATE governance.panels SET seats = 9",
        "UPDATE governance.beacons SET value = ''",
        "DELETE FROM governance.draws",
        "DELETE FROM governance.panel_seats",
        "UPDATE governance.schema_version SET version_num = ''",
        "SELECT FROM awards",
        "SELECT FROM ledger",
        "SELECT FROM messages",
        "SELECT FROM web.sessions",
        "SELECT FROM notify.items",
        "SELECT FROM notify.deliveries",
        "UPDATE directory.participants SET email = ''",
        "CREATE TABLE governance.other (id int)",
    ],
)
def test_governance_reads_no_fact_and_no_session_and_changes_nothing_of_others(
    room: CommitteeRoom, statement: str
) -> None:
    _refused(room, statement)


@pytest.mark.parametrize(
    "role", ["badge_reader", "badge_people", "badge_notes", "badge_directory", "badge_notify"]
)
def test_no_other_role_reads_what_the_committee_has(
    room: CommitteeRoom, role: str, tmp_path: Path
) -> None:
    engine = connect(room.url_of[role], "test")
    try:
        for table in ("cases", "log", "packs", "people", "signatures", "panels", "panel_seats",
                      "draws", "draw_pieces"):  # fmt: skip
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege),
                transaction(engine) as tx,
            ):
                tx.execute(f"SELECT FROM governance.{table}")
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE governance.log SET by = 'eve'",
        "DELETE FROM governance.log",
        "TRUNCATE governance.log",
    ],
)
def test_not_even_the_owner_changes_the_log_by_accident(
    room: CommitteeRoom, statement: str
) -> None:
    with room.sitting() as sitting:
        log.note(sitting.tx, PROGRAM, None, "people.changed", "cora", {}, room.now)
    with (
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
        room.harness.transaction() as tx,
    ):
        tx.execute(statement)
