"""`badge-governance freeze`, `audit` and `minutes`: what they print, and how they end."""

import pytest

from engine.cli.console.guard import guarded
from governance import cli
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import Lodge
from tests.support.case_keys import case_key_file


@pytest.fixture(autouse=True)
def _environment(lodge: Lodge, monkeypatch: pytest.MonkeyPatch) -> None:
    room = lodge.room
    monkeypatch.setenv("DATABASE_URL", room.harness.url)
    monkeypatch.setenv("BADGE_GOVERNANCE_DATABASE_URL", room.url_of["badge_governance"])
    monkeypatch.setenv("BADGE_GOVERNANCE_READER_DATABASE_URL", room.url_of["badge_reader"])
    monkeypatch.setenv("BADGE_GOVERNANCE_KEY_FILE", str(case_key_file()))


class GovernanceRan:
    """What a command printed, and its exit code."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        command = [arguments[0], "--program", PROGRAM, *arguments[1:]]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.argv", ["badge-governance", *command])
            with pytest.raises(SystemExit) as ended:
                guarded(cli.app, cli.USAGE, cli.EXPECTED)
        self.code = int(ended.value.code or 0)
        printed = capsys.readouterr()
        self.out, self.err = printed.out, printed.err


def test_an_acknowledged_case_is_frozen(lodge: Lodge, capsys: pytest.CaptureFixture[str]) -> None:
    lodge.training("clinic", 12)
    case = lodge.apply()
    assert case.state == "acknowledged"
    ran = GovernanceRan(capsys, "freeze", "--case", case.case_id)
    assert (ran.code, ran.out.startswith("pack 1 as of ")) == (0, True)
    assert lodge.case(case.case_id).state == "settling"
    assert GovernanceRan(capsys, "freeze", "--case", case.case_id).out == ran.out


def test_a_case_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    ran = GovernanceRan(capsys, "freeze", "--case", "nothing")
    assert (ran.code, "There is no such case." in ran.err) == (1, True)


def test_the_audit_ends_with_1_if_a_decision_does_not_hold(
    lodge: Lodge, capsys: pytest.CaptureFixture[str]
) -> None:
    lodge.ready()
    lodge.decide(lodge.on_desk(), "granted")
    lodge.deliver()
    clean = GovernanceRan(capsys, "audit")
    assert (clean.code, clean.out) == (0, "1 decisions in force, of which 1 hold\n")
    lodge.retract("review.submitted", "panel-3")
    fell = GovernanceRan(capsys, "audit")
    assert fell.code == 1
    assert "score: 3 of 2.5, 2 of 3 (review panel-3 retracted); case " in fell.out


def test_the_quarterly_audit_names_breaches_and_the_sample(
    lodge: Lodge, capsys: pytest.CaptureFixture[str]
) -> None:
    lodge.ready()
    lodge.decide(lodge.on_desk(), "granted")
    lodge.deliver()
    ran = GovernanceRan(capsys, "audit", "--quarter", "2026-Q4")
    assert (ran.code, ran.out) == (0, "2026-Q4: 0 breaches\nsample: 0 of 0 judged\n")


def test_a_quarter_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    ran = GovernanceRan(capsys, "audit", "--quarter", "2026-5")
    assert (ran.code, "is no quarter" in ran.err) == (2, True)


def test_minutes_are_printed_and_sealed(lodge: Lodge, capsys: pytest.CaptureFixture[str]) -> None:
    lodge.apply()
    printed, sealed = (
        GovernanceRan(capsys, "minutes"),
        GovernanceRan(capsys, "minutes", "--seal", "--by", "ada"),
    )
    assert (printed.code, sealed.code, sealed.out) == (0, 0, printed.out)
    assert GovernanceRan(capsys, "minutes").out.startswith("Minutes 2 of the committee of aurora\n")
    assert GovernanceRan(capsys, "minutes", "--seal").code == 2
