"""The commands from plan to rollback, as an operator types them."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.command import replay
from tests.support.given import meeting


@pytest.fixture
def four(tmp_path: Path) -> Path:
    """A catalog file under which bronze takes four meetings."""
    file = tmp_path / "four.yaml"
    file.write_text(bronze_at(4).text)
    return file


def test_from_plan_to_rollback(harness: Harness, four: Path, tmp_path: Path) -> None:
    harness.tell(*meetings(1, 4), *[meeting(f"x{n}", "<b>cleo", at=n) for n in range(1, 6)])
    harness.hear()
    before = rebuilt.digest(harness)

    planned = replay(harness, "plan", "--catalog", four).stdout
    number = int(planned.splitlines()[-1])
    assert (
        "momentum bronze: meetings_attended at least 4, was meetings_attended at least 5" in planned
    )

    built = replay(harness, "build", number)
    assert "built and verified (all: 1 places" in built.stdout
    assert "places: 1 of 1 parts, 9 facts" in built.stderr

    shown = replay(harness, "diff", number).stdout
    assert "1 gained, 0 lost, 1 with another date, 0 unchanged" in shown
    files = {kind: tmp_path / f"diff.{kind}" for kind in ("json", "csv", "html")}
    for file in files.values():
        replay(harness, "diff", number, "--output", file)
    _check_json(json.loads(files["json"].read_text()))
    rows = list(csv.DictReader(files["csv"].open()))
    assert [(row["change"], row["recipient_id"]) for row in rows] == [
        ("added", "ann"),
        ("moved", "<b>cleo"),
    ]
    page = files["html"].read_text()
    assert "&lt;b&gt;cleo" in page
    assert "<b>cleo" not in page

    assert harness.messages() == []
    replay(harness, "approve", number, "--by", "coordinator", "--reason", "kinder")
    done = replay(harness, "cutover", number).stdout
    assert "1 gained, 0 lost, 0 kept by decision, 1 restated; 1 messages to subscribers" in done
    assert harness.said() == ["+ ann momentum bronze"]

    back = replay(harness, "rollback", number).stdout
    assert f"generation {number + 1} is live in place of {number}" in back
    assert harness.said() == ["- ann momentum bronze"]
    assert rebuilt.digest(harness) == before

    statuses = [
        json.loads(line)["status"] for line in replay(harness, "list", "--json").stdout.splitlines()
    ]
    assert statuses == ["replaced", "replaced", "live"]
    assert "retired" in replay(harness, "retire", number).stdout


def _check_json(found: dict[str, Any]) -> None:
    assert found["unchanged"] == 0
    assert found["lost"] == []
    (added,), (moved,) = found["added"], found["moved"]
    assert (added["badge"], added["level"], added["recipient_id"]) == ("momentum", "bronze", "ann")
    words = "momentum bronze now needs meetings_attended at least 4 (was meetings_attended at least"
    assert added["why"] == f"{words} 5); has 4"
    assert moved["announced_at"] == "2026-03-05T10:00:00.000000Z"
    assert moved["awarded_at"] == "2026-03-04T10:00:00.000000Z"


def test_run_is_plan_build_and_diff_in_one(harness: Harness, four: Path) -> None:
    harness.tell(*meetings(1, 4))
    said = replay(harness, "run", "--catalog", four).stdout
    assert "1 gained" in said
    assert rebuilt.status(harness, int(said.splitlines()[-1])) == "ready"


def test_refold_says_what_was_put_right_and_then_that_all_is_right(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    harness.hear()
    number = harness.award("ann", "momentum", "bronze").award.id
    with harness.transaction() as tx:
        tx.execute("UPDATE awards SET standing = false")
        tx.execute("DELETE FROM people")
        tx.execute("DELETE FROM measures")
    whom = ("--program", "program", "--participant", "ann")
    lines = [
        "folded: 1 people, 1 places, 5 facts",
        "put right: 1 rows of measures, the values of 0 people, 0 rows of participation",
        f"  + {number} momentum bronze of ann in loop",
        "1 gained, 0 lost, 0 no longer by decision, 0 restated; 1 messages to subscribers",
    ]
    before = harness.dump()
    tried = replay(harness, "refold", *whom, "--dry-run").stdout.splitlines()
    assert tried == [lines[0], f"would be {lines[1]}", *lines[2:]]
    assert harness.dump() == before
    done = replay(harness, "refold", *whom, "--by", "me", "--reason", "by hand").stdout.splitlines()
    assert done == lines
    assert harness.said() == ["+ ann momentum bronze"]
    again = replay(harness, "refold", "--program", "program", "--loop", "loop").stdout
    assert again == "as the ledger gives it (1 people, 1 places, 5 facts)\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("refold", "--program", "nobody", "--loop", "x"), 2, "nothing is known of program nobody"),
        (("refold", "--program", "nobody"), 2, "give either --participant or --loop"),
        (("refold", "--participant", "ann"), 2, "--program"),
        (
            ("refold", "--program", "p", "--participant", "ann", "--loop", "x"),
            2,
            "give either --participant or --loop",
        ),
        (("build", 99), 1, "there is no generation 99"),
        (("build", 1), 1, "generation 1 is live: there is nothing to build"),
        (("diff", 1), 1, "generation 1 is live"),
        (("approve", 1, "--by", "me", "--reason", "so"), 1, "its programs are under it already"),
        (("cutover", 1), 1, "generation 1 is live"),
        (("rollback", 1), 1, "there is nothing to go back to"),
        (("retire", 1), 1, "generation 1 is live"),
        (("plan", "--catalog", "no-such"), 2, "no-such"),
        (("plan", "--catalog", "mentorloop", "--program", "nobody"), 2, "nobody"),
    ],
)
def test_what_cannot_be_done_says_so_and_changes_nothing(
    harness: Harness, arguments: tuple[object, ...], code: int, says: str
) -> None:
    before = harness.dump()
    done = replay(harness, *arguments, code=code)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert harness.dump() == before


def test_a_policy_that_cannot_be_read_approves_nothing(harness: Harness, tmp_path: Path) -> None:
    number = rebuilt.ready(harness, bronze_at(4))
    policy = tmp_path / "policy.yaml"
    policy.write_text("badges: {momentum: {gained: loudly}}")
    by = ("--by", "me", "--reason", "so", "--policy", policy)
    done = replay(harness, "approve", number, *by, code=2)
    assert "momentum: gained is one of emit, silent, not 'loudly'" in done.stderr
    assert rebuilt.status(harness, number) == "ready"


def test_a_policy_may_differ_by_badge(harness: Harness, tmp_path: Path) -> None:
    harness.tell(*meetings(1, 4))
    harness.hear()
    number = rebuilt.ready(harness, bronze_at(4))
    policy = tmp_path / "policy.yaml"
    policy.write_text("badges: {momentum: {gained: silent}}")
    replay(harness, "approve", number, "--by", "me", "--reason", "so", "--policy", policy)
    replay(harness, "cutover", number)
    assert harness.messages() == []
    assert harness.held("ann") == {"momentum bronze"}


def test_a_kept_award_is_released(harness: Harness, tmp_path: Path) -> None:
    harness.tell(*meetings(1, 5))
    harness.hear()
    rebuilt.cut_over(harness, rebuilt.approved(harness, bronze_at(6), lost="keep"))
    kept = harness.award("ann", "momentum", "bronze").award.id
    said = ("--by", "kim", "--reason", "not deserved")

    assert "valid UUID" in replay(harness, "release", "not-an-id", *said, code=2).stderr
    done = replay(harness, "release", kept, *said).stdout
    again = replay(harness, "release", kept, *said, code=1).stderr

    assert done == "1 released; 1 messages to subscribers\n"
    assert f"error: award {kept} is revoked already, no decision keeps it" in again
    assert harness.said() == ["- ann momentum bronze"]
