"""Commands of governance that need no broker: who governs, and whether the log is as written."""

import pytest

from engine.cli.console.guard import guarded
from governance import cli
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.support.case_keys import case_key_file


@pytest.fixture(autouse=True)
def _environment(room: CommitteeRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", room.harness.url)
    monkeypatch.setenv("BADGE_GOVERNANCE_DATABASE_URL", room.url_of["badge_governance"])
    monkeypatch.setenv("BADGE_GOVERNANCE_READER_DATABASE_URL", room.url_of["badge_reader"])
    monkeypatch.setenv("BADGE_GOVERNANCE_KEY_FILE", str(case_key_file()))


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["badge-governance", *arguments])
    with pytest.raises(SystemExit) as ended:
        guarded(cli.app, cli.USAGE, cli.EXPECTED)
    return int(ended.value.code or 0)


def _people(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    return _run(monkeypatch, "people", "--program", PROGRAM, *arguments)


def test_the_first_chair_is_appointed_and_listed_and_the_log_has_who_did(
    room: CommitteeRoom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    appointing = ("--appoint", "ada", "--role", "chair", "--until", "2027-06-30", "--by", "olga")
    assert _people(monkeypatch, *appointing) == 0
    assert _people(monkeypatch, "--appoint", "sam", "--role", "member", "--by", "olga") == 0
    assert _people(monkeypatch, "--appoint", "sam", "--by", "olga") == 0
    capsys.readouterr()
    assert _people(monkeypatch) == 0
    assert capsys.readouterr().out.splitlines() == ["ada: chair, until 2027-06-30", "sam: no role"]
    assert room.harness.rows("SELECT DISTINCT kind, by FROM governance.log") == [
        ("people.changed", "olga")
    ]


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (("--appoint", "ada", "--role", "boss", "--by", "olga"), "no role is called boss"),
        (("--appoint", "ada", "--role", "chair"), "--by NAME"),
    ],
)
def test_who_appoints_badly_is_told_and_nothing_is_written(
    room: CommitteeRoom,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    asked: str,
) -> None:
    assert _people(monkeypatch, *arguments) == 2
    assert asked in " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert room.harness.rows("SELECT FROM governance.people") == []


def test_a_member_enters_a_beacon_once_and_what_is_not_drawn_is_named(
    room: CommitteeRoom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    room.seat("ruth")
    beacon = ("beacon", "--program", PROGRAM, "--value", "4 8 15", "--by", "ruth", "--for")
    assert _run(monkeypatch, *beacon, "2026-W48") == 0
    assert "2026-W48" in capsys.readouterr().out
    for about, refused in (
        ("2026-W48", "You have entered a value for this draw."),
        ("2026-W99", "write 2026-W48"),
        ("holidays/2026-Q3", "No reward by lottery is called holidays."),
    ):
        assert _run(monkeypatch, *beacon, about) == 1
        assert refused in capsys.readouterr().err
    assert room.harness.rows("SELECT about, value FROM governance.beacons") == [
        ("2026-W48", "4 8 15")
    ]


def test_a_log_is_verified_and_one_that_was_changed_is_not(
    room: CommitteeRoom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    room.seat("ruth")
    room.seat("sam")
    assert _run(monkeypatch, "verify-log") == 0
    assert capsys.readouterr().out.startswith("2 entries, each as it was written; the log ends at ")
    with room.harness.transaction() as tx:
        tx.execute("ALTER TABLE governance.log DISABLE TRIGGER USER")
        tx.execute("UPDATE governance.log SET by = 'eve' WHERE id = 2")
    assert _run(monkeypatch, "verify-log") == 1
    assert "entry 2 of the committee's log is not as it was written" in capsys.readouterr().err


def test_migrate_is_safe_to_repeat_and_another_schema_is_named(
    room: CommitteeRoom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "migrate") == 0
    assert capsys.readouterr().out.startswith("governance: schema 0")
    with room.harness.transaction() as tx:
        tx.execute("UPDATE governance.schema_version SET version_num = '9999'")
    assert _run(monkeypatch, "verify-log") == 1
    assert "the schema governance is at schema 9999" in capsys.readouterr().err


def test_settings_that_are_missing_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BADGE_GOVERNANCE_KEY_FILE")
    assert _run(monkeypatch, "verify-log") == 2
    assert "BADGE_GOVERNANCE_KEY_FILE: not set" in capsys.readouterr().err
