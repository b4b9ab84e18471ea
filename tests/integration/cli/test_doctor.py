"""`doctor`: what is there, what is wrong, and what to do about it."""

import re

import pytest
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.handlers.policy import IntakePolicy
from engine.intake.refusal_window import RefusalLimit
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import NOW, tell
from tests.support.given import kudos, meeting


def test_with_nothing_configured_it_says_what_is_not_set(badge_engine: Command) -> None:
    ran = badge_engine("doctor")
    assert ran.code == 1
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "✗ Kafka KAFKA_BOOTSTRAP is not set: give the broker as host:port" in lines
    assert any(line.startswith("✗ database DATABASE_URL is not set") for line in lines)
    assert any(line.startswith("✓ Python 3.") for line in lines)
    assert any(line.startswith("✓ catalog mentorloop") for line in lines)
    assert any(line.startswith("· Java") for line in lines)


def test_wrong_settings_are_all_named(
    badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGE_ENGINE_PARTITIONS", "none")
    monkeypatch.setenv("BADGE_ENGINE_LOG_LEVEL", "loud")
    ran = badge_engine("doctor")
    assert ran.code == 1
    assert "BADGE_ENGINE_PARTITIONS: " in ran.out
    assert "BADGE_ENGINE_LOG_LEVEL: " in ran.out


def test_an_empty_database_is_to_be_migrated(
    badge_engine: Command, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    ran = badge_engine("doctor")
    assert ran.code == 1
    assert "✓ database" in ran.out
    assert "✗ schema" in ran.out
    assert "run `badge-engine migrate`" in ran.out


def test_a_catalog_other_than_the_databases_is_wrong(
    store: Engine, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "✓ default catalog" in badge_engine("doctor").out
    with transaction(store) as tx:
        tx.execute("UPDATE catalogs SET digest = 'another'")
    assert "✗ default catalog" in badge_engine("doctor").out
    monkeypatch.setenv("BADGE_ENGINE_CATALOG", "nowhere.yaml")
    assert "✗ catalog" in badge_engine("doctor").out


def test_what_waits_is_told_and_a_stopped_partition_is_wrong(
    store: Engine, badge_engine: Command
) -> None:
    tell(store, kudos("k", "dan", "ann", "trust"), b"{")
    out = badge_engine("doctor").out
    assert "· outbox            1 unpublished for mentoring.awards; is a relay running?" in out
    assert "· outbox            1 unpublished for mentoring.activity.dead-letters; " in out
    assert "· dead letters      1 malformed open" in out
    assert "✓ partitions        none is stopped" in out
    tell(
        store,
        b"{",
        b"{",
        partition=3,
        terms=IntakePolicy(lambda: NOW, refusal_limit=RefusalLimit(4, 2)),
    )
    out = badge_engine("doctor").out
    assert "✗ partition 3       mentoring.activity: flood: 2 of the last 2 records refused, " in out
    assert "`badge-engine dead-letters resume 3 --topic mentoring.activity`" in out


def test_what_waits_for_a_topic_for_long_is_wrong(store: Engine, badge_engine: Command) -> None:
    tell(store, kudos("k", "dan", "ann", "trust"), b"{")
    with transaction(store) as tx:
        tx.execute(
            "UPDATE outbox SET put_at = put_at - interval '5 minutes' WHERE topic = 'dead-letters'"
        )
    out = badge_engine("doctor").out
    assert "· outbox            1 unpublished for mentoring.awards" in out
    stuck = r"1 unpublished for mentoring\.activity\.dead-letters, the oldest for 3\d\d s"
    assert re.search(rf"✗ outbox            {stuck}", out)  # five minutes, and what this test took
    assert "'Kafka does not take a message'" in out


def test_a_password_is_never_shown(badge_engine: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hunter2@localhost:1/none")
    ran = badge_engine("doctor")
    assert "✗ database" in ran.out
    assert "hunter2" not in ran.out + ran.err


def test_with_all_of_it_there_nothing_is_wrong(
    store: Engine, kafka: str, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", kafka)
    monkeypatch.setenv("BADGE_ENGINE_PARTITIONS", "2")
    for topic in ("ACTIVITY", "GOVERNANCE", "AWARDS", "DEAD_LETTERS"):
        name = f"BADGE_ENGINE_{topic}_TOPIC"
        monkeypatch.setenv(name, f"doctor-{topic.lower()}-{store.url.database}")
    missing = badge_engine("doctor")
    assert missing.code == 1
    assert missing.out.count("✗ topic") == 4
    bootstrap.migrate(settings.load())
    tell(store, meeting("m", "ann"))
    found = badge_engine("doctor")
    assert (found.code, found.err) == (0, "")
    assert found.out.count(": 2 partitions") == 4
    assert "✗" not in found.out
    for topic in settings.load().input_topics:
        assert f"✓ lag               none: everything of {topic} is read" in found.out
        assert f"✓ cursors           those of {topic} agree with Kafka" in found.out


def test_a_database_that_cannot_be_written_is_wrong(store: Engine, badge_engine: Command) -> None:
    assert "✓ writing           allowed" in badge_engine("doctor").out
    with transaction(store) as tx:
        tx.execute(f"ALTER DATABASE {store.url.database} SET default_transaction_read_only = on")
    out = badge_engine("doctor").out
    assert "✗ writing           the database is read-only: workers and relays wait" in out
    assert "'the database is read-only'" in out


def test_what_postgresql_logs_itself_is_named_unless_it_is_terse(
    store: Engine, badge_engine: Command
) -> None:
    for verbosity, named in (("terse", False), ("default", True)):
        with transaction(store) as tx:
            tx.execute(f"ALTER DATABASE {store.url.database} SET log_error_verbosity = {verbosity}")
        out = badge_engine("doctor").out
        assert (f"log_error_verbosity is {verbosity}" in out) == named


def test_without_a_key_for_notes_it_says_how_to_make_one(
    badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "✓ key for notes" in badge_engine("doctor").out
    monkeypatch.delenv("BADGE_ENGINE_NOTES_PUBLIC_KEY")
    out = badge_engine("doctor").out
    assert "✗ key for notes     BADGE_ENGINE_NOTES_PUBLIC_KEY is not set" in out
    assert "`badge-web keys DIR`" in out
