"""`dead-letters`: what was refused is looked at, given in again, or closed; bytes are private."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.handlers.flood import FloodRule
from engine.handlers.terms import Terms
from engine.store import audit_log, cursors
from engine.store.database import transaction
from tests.cli.conftest import Command
from tests.cli.told import TOPIC, tell
from tests.support.given import kudos, meeting

SECRET = "nobody else may read this"
SELF_KUDOS = kudos("k1", "ann", "ann", "trust", message=SECRET)
LATER = meeting("later", "ann", at="2026-09-01T00:00:00Z")
BROKEN = b"{\x1b[31m"


def listed(badge_engine: Command, *arguments: str) -> list[dict[str, Any]]:
    ran = badge_engine("dead-letters", "list", "--json", *arguments)
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def refused(store: Engine, badge_engine: Command, *records: bytes) -> list[str]:
    """The ids of these records' entries."""
    tell(store, *records)
    return [str(entry["id"]) for entry in listed(badge_engine)]


def revelations(store: Engine) -> list[tuple[Any, ...]]:
    with transaction(store) as tx:
        return [(e.details["dead_letter"], e.by, e.reason) for e in audit_log.entries(tx)]


def test_they_are_listed_without_what_they_hold(store: Engine, badge_engine: Command) -> None:
    refused(store, badge_engine, SELF_KUDOS, BROKEN, LATER)
    ran = badge_engine("dead-letters", "list")
    assert "3 open dead letters" in ran.out
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


def test_shown_unrevealed_there_are_sizes_only(store: Engine, badge_engine: Command) -> None:
    (number,) = refused(store, badge_engine, SELF_KUDOS)
    out = badge_engine("dead-letters", "show", number).out
    assert f"value  {len(SELF_KUDOS)} bytes" in out
    assert "key  4 bytes" in out
    assert SECRET not in out
    assert revelations(store) == []


def test_revealing_prints_the_bytes_and_leaves_an_audit_row(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    (number,) = refused(store, badge_engine, SELF_KUDOS)
    why = ("--by", "lee", "--reason", "support case 7")
    file = tmp_path / "value"
    out = badge_engine("dead-letters", "show", number, "--reveal", *why, "--output", file).out
    assert SECRET in out
    assert file.read_bytes() == SELF_KUDOS
    assert revelations(store) == [(int(number), "lee", "support case 7")]


def test_revealed_bytes_cannot_command_a_terminal(store: Engine, badge_engine: Command) -> None:
    (number,) = refused(store, badge_engine, BROKEN)
    why = ("--by", "lee", "--reason", "a look")
    out = badge_engine("dead-letters", "show", number, "--reveal", *why).out
    assert r"value  {\x1b[31m" in out
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


def test_redriven_once_its_time_has_come_it_is_taken_in(
    store: Engine, badge_engine: Command
) -> None:
    (number,) = refused(store, badge_engine, LATER)
    ran = badge_engine("dead-letters", "redrive", number, "--now", "2026-09-02T00:00:00Z")
    assert (ran.code, ran.out) == (0, "1 accepted, 0 refused again\n")
    assert listed(badge_engine) == []
    assert "ann" in badge_engine("board", "--program", "program").out


def test_refused_again_it_stays_open_one_attempt_older(
    store: Engine, badge_engine: Command
) -> None:
    refused(store, badge_engine, SELF_KUDOS, BROKEN)
    ran = badge_engine("dead-letters", "redrive", "--all")
    assert ran.code == 0
    assert ran.out.endswith("0 accepted, 2 refused again\n")
    assert [entry["attempts"] for entry in listed(badge_engine)] == [2, 2]
    assert SECRET not in ran.out


def test_only_those_of_a_reason_are_redriven(store: Engine, badge_engine: Command) -> None:
    refused(store, badge_engine, SELF_KUDOS, BROKEN, LATER)
    now = ("--now", "2026-09-02T00:00:00Z")
    assert badge_engine("dead-letters", "redrive", "--reason", "future", *now).code == 0
    assert [e["reason"] for e in listed(badge_engine)] == ["invalid", "malformed"]


def test_what_is_resolved_is_left_as_it_is(store: Engine, badge_engine: Command) -> None:
    (number,) = refused(store, badge_engine, LATER)
    badge_engine("dead-letters", "discard", number, "--because", "a test")
    ran = badge_engine("dead-letters", "redrive", number, "--now", "2026-09-02T00:00:00Z")
    assert (ran.code, ran.out) == (0, "0 accepted, 0 refused again, 1 already resolved\n")
    ran = badge_engine("dead-letters", "discard", number, "--because", "again")
    assert (ran.code, ran.out) == (0, "0 discarded, 1 already resolved\n")
    assert listed(badge_engine, "--all")[0]["note"] == "a test"


def test_discarded_keeps_why(store: Engine, badge_engine: Command) -> None:
    refused(store, badge_engine, SELF_KUDOS, BROKEN)
    ran = badge_engine("dead-letters", "discard", "--reason", "malformed", "--because", "noise")
    assert (ran.code, ran.out) == (0, "1 discarded\n")
    (open_,) = listed(badge_engine)
    assert open_["reason"] == "invalid"
    assert [e["note"] for e in listed(badge_engine, "--all")] == [None, "noise"]


def test_unknown_ids_are_named_after_the_others_are_done(
    store: Engine, badge_engine: Command
) -> None:
    (number,) = refused(store, badge_engine, LATER)
    now = ("--now", "2026-09-02T00:00:00Z")
    ran = badge_engine("dead-letters", "redrive", "999", number, *now)
    assert (ran.code, ran.out) == (1, "1 accepted, 0 refused again\n")
    assert "there is no dead letter 999" in ran.err
    assert badge_engine("dead-letters", "show", "999").code == 1
    assert badge_engine("dead-letters", "discard", "999", "--because", "x").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("redrive",),
        ("redrive", "1", "--all"),
        ("redrive", "--reason", "bad luck"),
        ("discard", "1"),
        ("discard", "--because", "x"),
        ("discard", "1", "--because", " "),
        ("show",),
        ("resume", "first"),
    ],
)
def test_it_must_be_said_which_and_why(
    store: Engine, badge_engine: Command, arguments: tuple[str, ...]
) -> None:
    assert badge_engine("dead-letters", *arguments).code == 2


def test_a_partition_that_a_flood_stopped_is_resumed(store: Engine, badge_engine: Command) -> None:
    flood = Terms(lambda: datetime(2026, 7, 1, tzinfo=UTC), flood=FloodRule(4, 2))
    assert tell(store, BROKEN, BROKEN, terms=flood).halted
    ran = badge_engine("dead-letters", "resume", "0")
    assert (ran.code, ran.out) == (0, f"partition 0 of {TOPIC} goes on\n")
    with transaction(store) as tx:
        assert cursors.read(tx, TOPIC)[0].halted is None
    ran = badge_engine("dead-letters", "resume", "0")
    assert (ran.code, ran.out) == (1, "")
    assert "is not stopped" in ran.err
