"""`recover`: who decides and why must be said, and what to step over exactly."""

import pytest
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.store import audit_log
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell
from tests.support.given import meeting

BY = ("--by", "ada", "--reason", "told at night")


@pytest.mark.parametrize("given", [(), ("--by", "ada"), ("--by", "ada", "--reason", " ")])
def test_who_and_why_must_be_said(badge_engine: Command, given: tuple[str, ...]) -> None:
    ran = badge_engine("recover", *given)
    assert (ran.code, ran.out) == (2, "")
    assert "say --by NAME and --reason TEXT, or --dry-run" in ran.err


@pytest.mark.parametrize(
    "skip", ["3", "3:", ":7", "3:-1", "3:7:9", "3:7-", "3:-7", "three:7", "٣:7"]
)
def test_what_to_step_over_is_a_partition_and_an_offset(badge_engine: Command, skip: str) -> None:
    ran = badge_engine("recover", *BY, "--skip", skip)
    assert ran.code == 2
    assert "PARTITION:OFFSET" in ran.err


def test_a_range_that_ends_before_it_begins_is_refused(badge_engine: Command) -> None:
    ran = badge_engine("recover", *BY, "--skip", "3:7-6")
    assert ran.code == 2
    assert "the last offset is before the first" in ran.err


def test_another_topic_is_refused(badge_engine: Command) -> None:
    ran = badge_engine("recover", *BY, "--skip", "3:7", "--topic", "another")
    assert ran.code == 2
    reads = "mentoring.activity and mentoring.governance only"
    assert f"--topic another: the engine reads {reads}" in ran.err


def test_two_offsets_of_one_partition_are_too_many(badge_engine: Command) -> None:
    ran = badge_engine("recover", *BY, "--skip", "3:7", "--skip", "3:8")
    assert ran.code == 2
    assert "one offset, or one range, of a partition at a time" in ran.err


def test_what_is_wrong_and_what_is_done_are_told(
    store: Engine, kafka: str, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", kafka)
    monkeypatch.setenv("BADGE_ENGINE_PARTITIONS", "1")
    monkeypatch.setenv("BADGE_ENGINE_GROUP", f"recover-{store.url.database}")
    for topic in ("AWARDS", "DEAD_LETTERS"):
        name = f"recover-{topic.lower()}-{store.url.database}"
        monkeypatch.setenv(f"BADGE_ENGINE_{topic}_TOPIC", name)
    bootstrap.migrate(settings.load())
    assert badge_engine("recover", "--dry-run").out == (
        "nothing is wrong: cursors and Kafka agree\n"
    )
    tell(store, meeting("m", "ann"))  # a record that Kafka never had

    told = badge_engine("recover", "--dry-run")
    assert told.code == 0
    assert "partition 0: the cursor is at 1, but the partition ends at 0" in told.out
    assert "partition 0 is read from the beginning" in told.out
    wrong = badge_engine("doctor")
    assert "the cursor is at 1, but the partition ends at 0" in " ".join(wrong.out.split())
    assert "`badge-engine recover --dry-run`" in wrong.out
    unknown = badge_engine("recover", *BY, "--partition", 7)
    assert (unknown.code, unknown.out) == (1, "")
    assert "has no partition 7" in unknown.err

    done = badge_engine("recover", *BY)

    assert done.code == 0
    assert "partition 0 is read from the beginning" in done.out
    with transaction(store) as tx:
        (entry,) = audit_log.entries(tx)
    assert (entry.by, entry.reason) == ("ada", "told at night")
    assert badge_engine("recover", *BY).out == "nothing is wrong: cursors and Kafka agree\n"
