"""`badge-engine audit`: what is live, beside what the facts give."""

import pytest
from sqlalchemy import Engine

from engine.audit import drift
from engine.store import audit_log
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import champion
from tests.verification.oracle.histories import history


@pytest.fixture
def told(harness: Harness) -> Harness:
    """A harness at which everything there is was told."""
    harness.tell(*champion(), *history(5, 400))
    return harness


def test_where_all_is_right_it_says_how_much_it_compared(
    told: Harness, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", told.url)
    ran = badge_engine("audit")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("as the ledger gives it (all: ")


@pytest.mark.parametrize("seed", range(8))
def test_a_sample_of_what_is_right_is_right(told: Harness, seed: int) -> None:
    """Given many loops of the same people, whatever sample is taken, with champions in it whose
    quiz stands elsewhere, then nothing differs."""
    told.tell(*history(seed, 300, loops=30, label="-many"))
    with told.transaction() as tx:
        found = drift.audit(tx, facts_at_most=150)
    assert not found.whole
    assert found.drift == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE measures SET state = '{}' WHERE loop = 'loop'", "measures of program/loop"),
        ("DELETE FROM people WHERE participant = 'ann'", "values of ann in program program"),
        (
            "UPDATE awards SET standing = false WHERE badge = 'mentorloop-champion' "
            "AND recipient = 'ann'",
            "(mentorloop-champion of ann) is earned, and does not stand",
        ),
        (
            "DELETE FROM ledger WHERE content::json->>'attempt_id' = 'q1'",
            "(mentorloop-certified of ann) stands, and is not earned",
        ),
    ],
)
def test_drift_is_named_and_ends_with_1(
    told: Harness, badge_engine: Command, monkeypatch: pytest.MonkeyPatch, change: str, named: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", told.url)
    with told.transaction() as tx:
        assert tx.execute(change) >= 1
    ran = badge_engine("audit")
    assert ran.code == 1
    assert named in ran.out
    assert "differ from what the ledger gives" in ran.err


def test_another_programs_drift_is_not_looked_for(told: Harness) -> None:
    with told.transaction() as tx:
        tx.execute("UPDATE measures SET state = '{}' WHERE loop = 'loop'")
        assert drift.audit(tx, "program-0").drift == []
        assert drift.audit(tx, "program").drift


def test_the_audit_log_is_verified_and_its_first_broken_entry_named(
    store: Engine, badge_engine: Command
) -> None:
    for number in range(3):
        with transaction(store) as tx:
            audit_log.note(tx, "reveal", "ada", f"request {number}", {})
    with transaction(store) as tx:
        head = audit_log.head(tx).head
    ran = badge_engine("audit", "--log")
    assert (ran.code, ran.out) == (0, f"as it was written: 3 entries, head {head}\n")
    with transaction(store) as tx:
        tx.execute("ALTER TABLE audit_log DISABLE TRIGGER USER")
        tx.execute("UPDATE audit_log SET reason = 'another' WHERE id = 2")

    ran = badge_engine("audit", "--log")

    assert (ran.code, ran.out) == (1, "")
    assert "entry 2 of the audit log is not as it was written" in ran.err
