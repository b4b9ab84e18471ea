"""`dead-letters list`, `counts`, `show`: what was refused is looked at; bytes are private."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.intake.clear_notes import HIDDEN
from engine.intake.refusal import REASONS
from engine.store import audit_log
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell
from tests.integration.cli.refused import BROKEN, LATER, SECRET, SELF_KUDOS, listed, refused


def revelations(store: Engine) -> list[tuple[Any, ...]]:
    with transaction(store) as tx:
        return [(e.details["dead_letter"], e.by, e.reason) for e in audit_log.entries(tx)]


def test_they_are_listed_without_what_they_hold(store: Engine, badge_engine: Command) -> None:
    refused(store, badge_engine, SELF_KUDOS, BROKEN, LATER)
    ran = badge_engine("dead-letters", "list")
    assert ran.out.endswith("3 open dead letters: 1 malformed, 1 invalid, 1 future\n")
    assert "recipient_id must not be the giver" in ran.out
    found = listed(badge_engine, "--reason", "invalid")
    assert [(e["reason"], e["offset"], e["value_bytes"]) for e in found] == [
        ("invalid", 0, len(SELF_KUDOS))
    ]
    assert SECRET not in ran.out + json.dumps(found)


def test_the_resolved_are_listed_when_asked_for(store: Engine, badge_engine: Command) -> None:
    first, _ = refused(store, badge_engine, SELF_KUDOS, BROKEN)
    badge_engine("dead-letters", "discard", first, "--because", "a test")
    assert len(listed(badge_engine)) == 1
    assert [e["resolution"] for e in listed(badge_engine, "--all")] == ["discarded", None]
    out = badge_engine("dead-letters", "list", "--all").out
    assert out.endswith("2 dead letters, 1 open: 1 malformed, 1 invalid\n")


def test_of_many_the_newest_are_listed_in_the_order_they_came(
    store: Engine, badge_engine: Command
) -> None:
    *_, third, fourth = refused(store, badge_engine, SELF_KUDOS, BROKEN, LATER, BROKEN)
    assert [str(e["id"]) for e in listed(badge_engine, "--limit", "2")] == [third, fourth]
    out = badge_engine("dead-letters", "list", "--limit", "2", "--reason", "malformed").out
    assert out.endswith("2 open dead letters: 2 malformed\n")
    out = badge_engine("dead-letters", "list", "--limit", "1", "--reason", "malformed").out
    assert out.endswith("the newest 1 of 2 open dead letters: 2 malformed\n")
    assert f"{fourth}  malformed" in out


def test_they_are_filtered_by_partition_and_by_when_they_were_first_seen(
    store: Engine, badge_engine: Command
) -> None:
    refused(store, badge_engine, SELF_KUDOS, BROKEN)
    tell(store, LATER, partition=3)
    with transaction(store) as tx:
        seen = "UPDATE dead_letters SET first_seen = %s WHERE id = %s"
        for number in (1, 2, 3):
            tx.execute(seen, datetime(2026, 7, number, 12, tzinfo=UTC), number)

    def found(*arguments: str) -> list[int]:
        return [entry["id"] for entry in listed(badge_engine, *arguments)]

    assert found("--partition", "3") == [3]
    assert found("--partition", "0", "--reason", "malformed") == [2]
    assert found("--since", "2026-07-02T12:00:00Z") == [2, 3]
    assert found("--until", "2026-07-02T12:00:00Z") == [1]
    assert found("--since", "2026-07-02T00:00:00+02:00", "--until", "2026-07-03T00:00:00Z") == [2]
    assert found("--since", "2026-07-04T00:00:00Z") == []
    ran = badge_engine("dead-letters", "list", "--since", "2027-01-01T00:00:00Z")
    assert (ran.code, ran.out) == (0, "0 open dead letters\n")
    for wrong in (("--since", "yesterday"), ("--limit", "0"), ("--partition", "first")):
        assert badge_engine("dead-letters", "list", *wrong).code == 2


def test_they_are_counted_by_reason_and_by_what_became_of_them(
    store: Engine, badge_engine: Command
) -> None:
    assert badge_engine("dead-letters", "counts").out == "no dead letters\n"
    first, *_ = refused(store, badge_engine, BROKEN, BROKEN, LATER)
    badge_engine("dead-letters", "discard", first, "--because", "a test")
    badge_engine("dead-letters", "redrive", "--all", "--now", "2026-09-02T00:00:00Z")
    rows = [line.split() for line in badge_engine("dead-letters", "counts").out.splitlines()]
    assert [row[:4] for row in rows if row and row[0] in REASONS] == [
        ["malformed", "1", "0", "1"],
        ["future", "0", "1", "0"],
    ]
    found = json.loads(badge_engine("dead-letters", "counts", "--json").out)
    assert tuple(found) == REASONS
    assert found["conflict"] == {
        **dict.fromkeys(("open", "redriven", "discarded"), 0),
        **dict.fromkeys(("oldest_open", "newest")),
    }
    assert found["malformed"]["open"] == 1
    assert datetime.fromisoformat(found["malformed"]["oldest_open"]).tzinfo is not None
    assert found["future"]["oldest_open"] is None
    assert found["future"]["newest"] is not None
    elsewhere = json.loads(badge_engine("dead-letters", "counts", "--json", "--partition", "7").out)
    assert elsewhere["malformed"]["open"] == 0


def test_shown_unrevealed_there_are_sizes_only(store: Engine, badge_engine: Command) -> None:
    (number,) = refused(store, badge_engine, SELF_KUDOS)
    out = badge_engine("dead-letters", "show", number).out
    assert f"value  {len(SELF_KUDOS)} bytes" in out
    assert "key  4 bytes" in out
    assert "what helps  the detail names the fields" in out
    assert SECRET not in out
    assert revelations(store) == []


def test_revealing_prints_all_but_the_private_note_and_leaves_an_audit_row(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    (number,) = refused(store, badge_engine, SELF_KUDOS)
    why = ("--by", "lee", "--reason", "support case 7")
    file = tmp_path / "value"
    out = badge_engine("dead-letters", "show", number, "--reveal", *why, "--output", file).out
    shown = SELF_KUDOS.replace(SECRET.encode(), HIDDEN.encode())
    assert shown.decode() in out
    assert SECRET not in out
    assert file.read_bytes() == shown
    assert revelations(store) == [(int(number), "lee", "support case 7")]


def test_revealed_bytes_cannot_command_a_terminal(store: Engine, badge_engine: Command) -> None:
    (number,) = refused(store, badge_engine, BROKEN)
    why = ("--by", "lee", "--reason", "a look")
    out = badge_engine("dead-letters", "show", number, "--reveal", *why).out
    assert r"value  {\u001b[31m" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    "arguments",
    [("--reveal",), ("--reveal", "--by", "lee"), ("--reveal", "--by", " ", "--reason", "x")],
)
def test_nothing_is_revealed_without_a_name_and_a_reason(
    store: Engine, badge_engine: Command, arguments: tuple[str, ...]
) -> None:
    (number,) = refused(store, badge_engine, SELF_KUDOS)
    ran = badge_engine("dead-letters", "show", number, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert revelations(store) == []


@pytest.mark.parametrize("command", [("list",), ("counts",), ("resume", "0")])
def test_a_topic_that_the_engine_does_not_read_has_no_partitions(
    store: Engine, badge_engine: Command, command: tuple[str, ...]
) -> None:
    ran = badge_engine("dead-letters", *command, "--topic", "another")
    assert ran.code == 2
    read = "mentoring.activity and mentoring.governance"
    assert f"--topic another: the engine reads {read} only" in ran.err
