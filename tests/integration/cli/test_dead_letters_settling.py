"""`dead-letters redrive`, `discard`, `expire`, `resume`: what is done is done once, and audited."""

import getpass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.handlers.policy import IntakePolicy
from engine.intake.clear_notes import without_notes
from engine.intake.refusal import WHAT_HELPS
from engine.intake.refusal_window import RefusalLimit
from engine.store import audit_log
from engine.store.cursors import cursors
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import TOPIC, tell
from tests.integration.cli.refused import BROKEN, LATER, SECRET, SELF_KUDOS, listed, refused
from tests.support import notes
from tests.support.given import kudos, meeting, quiz

COME = ("--now", "2026-09-02T00:00:00Z")


def audited(store: Engine) -> list[tuple[str, str, str, dict[str, Any]]]:
    with transaction(store) as tx:
        return [(e.action, e.by, e.reason, dict(e.details)) for e in audit_log.entries(tx)]


def test_redriven_once_its_time_has_come_it_is_taken_in(
    store: Engine, badge_engine: Command
) -> None:
    (number,) = refused(store, badge_engine, LATER)
    ran = badge_engine("dead-letters", "redrive", number, *COME)
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
    for reason in ("invalid", "malformed"):
        assert f"what helps with {reason}: {WHAT_HELPS[reason]}\n" in ran.out
    assert SECRET not in ran.out


def test_a_conflict_is_explained(store: Engine, badge_engine: Command) -> None:
    tell(store, quiz("q", "ann", at=1))
    (number,) = refused(store, badge_engine, quiz("q", "ann", at=2))
    out = badge_engine("dead-letters", "redrive", number).out
    assert f"{number}: refused again: conflict: published before with other time; the first" in out
    assert f"what helps with conflict: {WHAT_HELPS['conflict']}\n" in out


def test_only_those_of_a_reason_are_redriven(store: Engine, badge_engine: Command) -> None:
    refused(store, badge_engine, SELF_KUDOS, BROKEN, LATER)
    assert badge_engine("dead-letters", "redrive", "--reason", "future", *COME).code == 0
    assert [e["reason"] for e in listed(badge_engine)] == ["invalid", "malformed"]


def test_what_is_resolved_is_left_as_it_is(store: Engine, badge_engine: Command) -> None:
    (number,) = refused(store, badge_engine, LATER)
    badge_engine("dead-letters", "discard", number, "--because", "a test")
    ran = badge_engine("dead-letters", "redrive", number, *COME)
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


def test_discarding_is_audited_under_the_name_given_or_that_of_the_login(
    store: Engine, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(store, badge_engine, SELF_KUDOS, BROKEN, BROKEN)
    monkeypatch.setenv("LOGNAME", "night-shift")
    badge_engine("dead-letters", "discard", "1", "--because", "case 7", "--by", "lee")
    badge_engine("dead-letters", "discard", "--reason", "malformed", "--because", "noise")
    badge_engine("dead-letters", "discard", "--reason", "malformed", "--because", "again")
    badge_engine("dead-letters", "discard", "1", "--because", "again")
    assert audited(store) == [
        ("discard", "lee", "case 7", {"dead_letters": [1]}),
        ("discard", "night-shift", "noise", {"dead_letters": [2, 3]}),
    ]


def test_without_a_name_for_the_login_the_audit_says_unknown(
    store: Engine, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    refused(store, badge_engine, BROKEN)
    monkeypatch.setattr(getpass, "getuser", nobody)
    assert badge_engine("dead-letters", "discard", "1", "--because", "x").code == 0
    assert [by for _, by, *_ in audited(store)] == ["unknown"]


def _resolve_and_age(store: Engine, badge_engine: Command) -> None:
    """1 and 2 were resolved 40 and 20 days ago; 3 is open, and older than both."""
    refused(store, badge_engine, SELF_KUDOS, LATER, BROKEN)
    badge_engine("dead-letters", "discard", "1", "--because", "x")
    badge_engine("dead-letters", "redrive", "2", *COME)
    with transaction(store) as tx:
        for number, days in ((1, 40), (2, 20)):
            tx.execute(
                "UPDATE dead_letters SET resolved_at = resolved_at - %s WHERE id = %s",
                timedelta(days=days), number,
            )  # fmt: skip
        tx.execute("UPDATE dead_letters SET first_seen = first_seen - interval '1000 days'")


def test_only_what_was_resolved_long_ago_expires(store: Engine, badge_engine: Command) -> None:
    _resolve_and_age(store, badge_engine)
    expire = ("dead-letters", "expire", "--by", "lee", "--older-than")
    assert badge_engine(*expire, "41").out == "0 deleted\n"
    ran = badge_engine(*expire, "30")
    assert (ran.code, ran.out) == (0, "1 deleted: 1 invalid\n")
    assert [e["id"] for e in listed(badge_engine, "--all")] == [2, 3]
    assert badge_engine(*expire, "0").out == "1 deleted: 1 future\n"
    assert badge_engine(*expire, "0").out == "0 deleted\n"
    assert [e["id"] for e in listed(badge_engine, "--all")] == [3]
    assert audited(store)[1:] == [
        ("expire", "lee", "resolved more than 30 days ago", {"dead_letters": {"invalid": 1}}),
        ("expire", "lee", "resolved more than 0 days ago", {"dead_letters": {"future": 1}}),
    ]
    assert badge_engine("dead-letters", "show", "1").code == 1
    with transaction(store) as tx:
        assert tx.rows("SELECT value FROM dead_letters") == [(BROKEN,)]


def values(store: Engine) -> list[bytes]:
    with transaction(store) as tx:
        return [value for (value,) in tx.rows("SELECT value FROM dead_letters ORDER BY id")]


def test_a_private_note_is_cut_out_of_what_is_resolved(
    store: Engine, badge_engine: Command
) -> None:
    future = kudos("k2", "ben", "ann", "trust", message=SECRET, at="2026-09-01T00:00:00Z")
    first, second = refused(store, badge_engine, SELF_KUDOS, future)
    assert badge_engine("dead-letters", "discard", first, "--because", "never").code == 0
    assert values(store) == [without_notes(SELF_KUDOS), future]

    assert badge_engine("dead-letters", "redrive", second, *COME).code == 0

    assert values(store) == [without_notes(SELF_KUDOS), without_notes(future)]
    with transaction(store) as tx:
        assert notes.opened(tx) == [SECRET]


def test_private_notes_of_open_ones_expire_and_the_rest_stays_redrivable(
    store: Engine, badge_engine: Command
) -> None:
    future = kudos("k2", "ben", "ann", "trust", message=SECRET, at="2026-09-01T00:00:00Z")
    old, new = refused(store, badge_engine, future, SELF_KUDOS)
    with transaction(store) as tx:
        tx.execute("UPDATE dead_letters SET first_seen = now() - interval '31 days' WHERE id = 1")

    ran = badge_engine("dead-letters", "expire", "--by", "lee")

    assert ran.out == "0 deleted\n1 private notes cut out of open ones\n"
    assert values(store) == [without_notes(future), SELF_KUDOS]
    assert badge_engine("dead-letters", "expire", "--by", "lee").out == "0 deleted\n"
    assert audited(store) == [
        ("expire", "lee", "first seen more than 30 days ago", {"private_notes": 1})
    ]
    assert badge_engine("dead-letters", "redrive", old, *COME).out.startswith("1 accepted")
    assert [entry["id"] for entry in listed(badge_engine)] == [int(new)]


def test_unknown_ids_are_named_after_the_others_are_done(
    store: Engine, badge_engine: Command
) -> None:
    (number,) = refused(store, badge_engine, LATER)
    ran = badge_engine("dead-letters", "redrive", "999", number, *COME)
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
        ("expire", "--older-than", "-1"),
        ("show",),
        ("resume", "first"),
    ],
)
def test_it_must_be_said_which_and_why(
    store: Engine, badge_engine: Command, arguments: tuple[str, ...]
) -> None:
    assert badge_engine("dead-letters", *arguments).code == 2


def test_a_partition_that_a_flood_stopped_is_resumed_and_by_whom_is_kept(
    store: Engine, badge_engine: Command
) -> None:
    flood = IntakePolicy(lambda: datetime(2026, 7, 1, tzinfo=UTC), refusal_limit=RefusalLimit(4, 2))
    halted = tell(store, BROKEN, BROKEN, terms=flood).halted
    assert halted is not None
    mended = ("--because", "publisher mended", "--by", "lee")
    ran = badge_engine("dead-letters", "resume", "0", *mended)
    assert (ran.code, ran.out) == (0, f"partition 0 of {TOPIC} goes on\n")
    with transaction(store) as tx:
        assert cursors.read(tx, TOPIC)[0].halted is None
    for number in ("0", "7"):
        ran = badge_engine("dead-letters", "resume", number)
        assert (ran.code, ran.out) == (1, "")
        assert "is not stopped" in ran.err
    where = {"topic": TOPIC, "partition": 0, "offset": 2, "stopped": halted.text}
    assert audited(store) == [("resume", "lee", "publisher mended", where)]


def test_a_partition_is_resumed_past_a_flood_that_goes_on(
    store: Engine, badge_engine: Command
) -> None:
    flood = IntakePolicy(lambda: datetime(2026, 7, 1, tzinfo=UTC), refusal_limit=RefusalLimit(4, 2))
    tell(store, BROKEN, BROKEN, terms=flood)
    ran = badge_engine("dead-letters", "resume", "0", "--until", "2")
    assert (ran.code, ran.out) == (1, "")
    assert "stands at 2, not before 2" in ran.err
    ran = badge_engine("dead-letters", "resume", "0", "--until", "9", "--topic", "another")
    assert ran.code == 2

    ran = badge_engine("dead-letters", "resume", "0", "--until", "9", "--by", "lee")

    assert ran.code == 0
    assert ran.out.endswith("goes on; refusals before offset 9 do not stop it\n")
    assert audited(store)[0][3]["until"] == 9
    with transaction(store) as tx:
        assert cursors.read(tx, TOPIC)[0].refusal_limit_from == 9


def test_what_a_flood_says_is_what_an_operator_can_do(store: Engine, badge_engine: Command) -> None:
    flood = IntakePolicy(lambda: datetime(2026, 7, 1, tzinfo=UTC), refusal_limit=RefusalLimit(4, 2))
    halted = tell(store, BROKEN, BROKEN, meeting("m", "ann"), terms=flood).halted
    assert halted is not None
    said = halted.text
    look, go_on, _ = (part.split("badge-engine ")[-1] for part in said.split("`")[1::2])
    assert badge_engine(*look.split()).out.endswith("2 open dead letters: 2 malformed\n")
    assert badge_engine(*go_on.split()).code == 0
