"""The fairness report of Aurora Guild, from its facts to what is published and answered."""

from datetime import UTC, datetime

import pytest

from engine.handlers.policy import IntakePolicy
from governance import minutes
from governance.commands import fairness_report
from governance.errors import CaseRefused
from governance.fairness import answering, declaring, publishing
from governance.process.computed_work import ComputedWork
from governance.rules.fairness import report as reports
from governance.rules.fairness.report import FairnessReport, digest_of
from governance.rules.quarters import Quarter
from governance.store import fairness, log
from governance.store.fairness import PublishedReport
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.project.examples.aurora import LINES
from tests.support.notes import MASTER
from web.demo.fairness import DECLARED

Q3 = Quarter(2026, 3)
WHO_DECLARED = sorted(DECLARED)


@pytest.fixture
def guild(room: CommitteeRoom) -> CommitteeRoom:
    """Aurora Guild in October 2026, where people have declared their hours."""
    room.now = datetime(2026, 10, 5, 9, tzinfo=UTC)
    terms = IntakePolicy(clock=lambda: room.now, notes_key=MASTER)
    room.harness.tell_by_topic(*LINES, terms=terms)
    for name, hours in DECLARED.items():
        with room.sitting() as sitting:
            declaring.declare(sitting, PROGRAM, name, {"commitment": hours})
    return room


def published(room: CommitteeRoom) -> PublishedReport:
    with room.sitting() as sitting:
        return publishing.publish(sitting, PROGRAM, Q3)


def report(room: CommitteeRoom) -> FairnessReport:
    return reports.read(published(room).document)


def test_there_is_exactly_one_amber_and_no_red(guild: CommitteeRoom) -> None:
    made = report(guild)
    (amber,) = reports.flagged(made, "amber")
    assert amber[:3] == ("commitment", "under-5-hours", "eligible")
    assert (amber.share.part, amber.share.whole, amber.share.ratio) == (3, 6, 0.5)
    assert not list(reports.flagged(made, "red"))


def test_totals_stay_and_the_lines_of_the_flagged_group_are_named(guild: CommitteeRoom) -> None:
    made = report(guild)
    shares = {step.step: step.share for step in made.totals}
    assert {
        name: share and (share.part, share.whole) for name, share in shares.items()
    } == {
        "eligible": (9, 14), "applied": (12, 14), "granted": (12, 12), "renewed": (1, 2),
        "rewarded": (7, 14), "appealed": (1, 2),
    }  # fmt: skip
    (lines,) = [one.lines for one in made.dimensions if one.lines]
    practical = next(line for line in lines if line.title == "practical score")
    assert practical.by_group["under-5-hours"] == 3
    assert practical.by_group["5-to-10-hours"] == 0
    assert practical.by_group["over-10-hours"] is None


def test_it_names_nobody(guild: CommitteeRoom) -> None:
    document = published(guild).document
    for name in ("imani", "tomas", "priya", "kofi", "amara"):
        assert name not in document


def test_it_is_published_once_by_the_process(guild: CommitteeRoom) -> None:
    work = ComputedWork()
    work(guild.committee)
    work(guild.committee)
    first = published(guild)
    with guild.sitting() as sitting:
        declaring.declare(sitting, PROGRAM, "tomas", {"commitment": None})
    assert published(guild) == first
    with guild.sitting() as sitting:
        kinds = [entry.kind for entry in log.of_program(sitting.tx, PROGRAM)]
        entries = [e for e in log.of_program(sitting.tx, PROGRAM) if e.kind == "fairness.published"]
    assert kinds.count("fairness.published") == 1
    assert entries[0].details == {
        "quarter": "2026-Q3", "digest": digest_of(first.document), "red": 0, "amber": 1,
    }  # fmt: skip


def test_a_quarter_that_is_not_over_has_no_report(guild: CommitteeRoom) -> None:
    with guild.sitting() as sitting, pytest.raises(CaseRefused, match="not over"):
        publishing.drafted(sitting, PROGRAM, Quarter(2026, 4))


def test_the_command_prints_it(guild: CommitteeRoom) -> None:
    with guild.sitting() as sitting:
        drafted = list(fairness_report.lines(sitting, PROGRAM, Q3, publish=False))
        made = list(fairness_report.lines(sitting, PROGRAM, None, publish=True))
    assert drafted[-1] == "not published"
    assert "0 red, 1 amber" in made
    assert made[-1].startswith("published; SHA-256: ")


def test_who_is_erased_has_declared_nothing(guild: CommitteeRoom) -> None:
    guild.erase("tomas")
    with guild.sitting() as sitting:
        assert "tomas" not in fairness.all_declared(sitting.tx, PROGRAM)
        assert sorted(fairness.all_declared(sitting.tx, PROGRAM)) == [
            name for name in WHO_DECLARED if name != "tomas"
        ]


@pytest.mark.parametrize("groups", [{"commitment": "all-day"}, {"shoe-size": "42"}])
def test_only_what_the_policy_offers_can_be_declared(
    guild: CommitteeRoom, groups: dict[str, str | None]
) -> None:
    with guild.sitting() as sitting, pytest.raises(CaseRefused, match="no such group"):
        declaring.declare(sitting, PROGRAM, "imani", groups)


def red_report(room: CommitteeRoom) -> None:
    """A published report with a red flag, of another quarter."""
    made = report(room)
    commitment = next(one for one in made.dimensions if one.dimension == "commitment")
    share = next(g for g in commitment.groups if g.group == "under-5-hours").shares["eligible"]
    assert share is not None
    document = made.document.replace('"flag":"amber"', '"flag":"red"').replace("2026-Q3", "2026-Q2")
    with room.sitting() as sitting:
        stored = PublishedReport(PROGRAM, "2026-Q2", document, digest_of(document), room.now)
        assert fairness.publish(sitting.tx, stored)


def test_minutes_wait_until_a_red_flag_is_answered(guild: CommitteeRoom) -> None:
    red_report(guild)
    with guild.sitting() as sitting, pytest.raises(CaseRefused, match="without an answer"):
        minutes.seal(sitting, PROGRAM, "ada")
    share = ("commitment", "under-5-hours", "eligible")
    with guild.sitting() as sitting, pytest.raises(CaseRefused, match="in words"):
        answering.answer(sitting, PROGRAM, "ada", "2026-Q2", share, " ")
    with guild.sitting() as sitting:
        answering.answer(sitting, PROGRAM, "ada", "2026-Q2", share, "Practical hours at weekends.")
    with guild.sitting() as sitting:
        document = minutes.seal(sitting, PROGRAM, "ada").document
    assert (
        "eligible of commitment under-5-hours in 2026-Q2: Practical hours at weekends." in document
    )
    assert "fairness report of 2026-Q3, 0 red, 1 amber" in document


def test_a_flag_is_answered_once(guild: CommitteeRoom) -> None:
    red_report(guild)
    share = ("commitment", "under-5-hours", "eligible")
    with guild.sitting() as sitting:
        answering.answer(sitting, PROGRAM, "ada", "2026-Q2", share, "First.")
    for asked in (share, ("commitment", "over-10-hours", "eligible")):
        with guild.sitting() as sitting, pytest.raises(CaseRefused, match="no such flag"):
            answering.answer(sitting, PROGRAM, "ben", "2026-Q2", asked, "Second.")
