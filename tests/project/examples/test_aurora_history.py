"""Aurora Guild is what its script writes, gives the awards kept with it, and is as README says."""

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from engine.cli.console.files import write_lines
from engine.intake.refusal import REASONS
from events.outgoing import key_of_description
from events.schemas.registry import read_description
from examples.recognition import make_history, people
from examples.recognition.cast import AUDITOR, COMMITTEE, COMPANIONS, GUIDANCE, MENTORS
from examples.recognition.decisions import POLICY, VERDICTS
from replay.build.preview import Preview
from tests.project.examples.aurora import (
    CATALOG,
    EVENTS,
    FOLDER,
    LINES,
    README,
    before,
    held,
    previewed,
)

DECISION = "mentoring.decision.recorded.v1"
RETRACTION = "mentoring.fact.retracted.v1"


def table_row(name: str) -> int:
    row = re.search(rf"^\| {re.escape(name)} \| (\d+) \|", README, re.MULTILINE)
    assert row, f"README has no row for {name}"
    return int(row[1])


def terms(result: Preview, person: str, badge: str = "proficient-mentor") -> list[tuple[str, str]]:
    """The decision and the last local day of each of somebody's standing awards of a stage."""
    return [
        (award.occurrence, str(award.valid_until)[:13]) for award in held(result, person, badge)
    ]


@pytest.fixture(scope="module")
def everything() -> Preview:
    return previewed()


def test_the_script_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    history, described = tmp_path / "history.jsonl", tmp_path / "people.jsonl"

    assert make_history.write(history, make_history.lines()) == len(LINES)
    make_history.write(described, people.lines())

    assert history.read_bytes() == make_history.HISTORY.read_bytes()
    assert described.read_bytes() == make_history.PEOPLE.read_bytes()


def test_the_rules_give_the_awards_kept_with_it_byte_for_byte(
    everything: Preview, tmp_path: Path
) -> None:
    write_lines(tmp_path / "awards.jsonl", (award.as_json() for award in everything.awards))

    assert (tmp_path / "awards.jsonl").read_bytes() == (FOLDER / "awards.jsonl").read_bytes()


def test_no_two_records_share_an_event_id() -> None:
    ids = Counter(event["id"] for event in EVENTS)

    assert [event_id for event_id, count in ids.items() if count > 1] == []


def test_readme_counts_lines_people_and_outcomes(everything: Preview) -> None:
    kinds = Counter(event["type"] for event in EVENTS)
    report = everything.report
    outcomes = {
        "applied": report.applied,
        "duplicates": report.duplicates,
        "retractions": report.retractions,
        "invalid": report.dead_letters["invalid"],
    }

    assert {kind: table_row(kind) for kind in kinds} == kinds
    assert {name: table_row(name) for name in outcomes} == outcomes
    assert sum(report.dead_letters[reason] for reason in REASONS) == 4
    assert f"giving {report.awards} awards" in README
    learners = len({loop.learner for loop in GUIDANCE})
    loops = len(GUIDANCE) + len(COMPANIONS)
    assert f"{len(MENTORS)} mentors, {learners} learners and {loops} loops" in README
    panels = {e["data"]["panel_id"] for e in EVENTS if "panel_id" in e["data"]}
    assert f"reviews of {len(panels)} panels" in README


def test_readme_has_a_row_for_every_mentor() -> None:
    assert re.findall(r"^\| ([a-z]+) \| [^|0-9]", README, re.MULTILINE)[: len(MENTORS)]
    assert set(MENTORS) <= set(re.findall(r"^\| ([a-z]+) \|", README, re.MULTILINE))


def test_everybody_and_every_loop_is_described() -> None:
    lines = make_history.PEOPLE.read_bytes().splitlines()
    data = [json.loads(line) for line in lines]
    described = {d["data"].get("participant_id", "") for d in data if "participant" in d["type"]}
    loops = {d["data"]["loop_id"] for d in data if "loop_id" in d["data"]}

    assert len({key_of_description(line) for line in lines}) == len(lines)
    for event in data:
        assert read_description(event["type"], event["data"]).body() == event["data"]
    assert described == {*MENTORS, *COMMITTEE, AUDITOR, *(loop.learner for loop in GUIDANCE)}
    assert loops == {loop.id for loop in (*GUIDANCE, *COMPANIONS)}
    assert loops == {e["data"]["loop_id"] for e in EVENTS if "loop_id" in e["data"]}


def test_decisions_name_the_policy_of_the_catalog_that_ships() -> None:
    assert CATALOG.policy.digest == POLICY


def test_the_two_years_are_from_september_2024_to_august_2026() -> None:
    times = [datetime.fromisoformat(event["time"]) for event in EVENTS]
    within = [at for at in times if at.year > 2023]

    assert min(within).date().isoformat() == "2024-02-20"  # a decision that was brought in
    assert max(times).date().isoformat() <= "2026-08-31"
    assert {at.year for at in times if at.year < 2024} == {2022, 2023}


def test_imani_is_proficient_in_april_2025_and_master_in_may_2026(everything: Preview) -> None:
    (proficient,) = held(everything, "imani", "proficient-mentor")
    (master,) = held(everything, "imani", "master-mentor")

    assert (proficient.time, proficient.valid_until) == (
        "2025-04-08T09:00:00.000000Z",
        "2028-04-08T22:00:00.000000Z",
    )
    assert (master.time, master.valid_until) == (
        "2026-05-12T09:00:00.000000Z",
        "2028-05-12T22:00:00.000000Z",
    )
    assert [item.id for item in master.evidence] == ["d-imani-2"]


def test_jonas_is_declined_and_then_granted_on_appeal(everything: Preview) -> None:
    declined, granted = (v for v in VERDICTS if v.mentor == "jonas")

    assert (declined.outcome, granted.appeal_of) == ("declined", declined.id)
    assert terms(everything, "jonas") == [("d-jonas-2", "2029-03-18T23")]


def test_wei_is_withdrawn_and_granted_again_by_another_decision(everything: Preview) -> None:
    withdrawn = before(lambda e: e["type"] == RETRACTION and e["data"]["fact_id"] == "d-wei-1")

    assert terms(previewed(withdrawn), "wei") == [("d-wei-1", "2028-04-10T22")]
    assert terms(previewed(LINES[: len(withdrawn) + 1]), "wei") == []
    assert terms(everything, "wei") == [("d-wei-2", "2028-11-03T23")]


def test_sofia_has_two_terms_with_a_gap(everything: Preview) -> None:
    assert terms(everything, "sofia") == [
        ("d-sofia-2022", "2025-05-10T22"),
        ("d-sofia-2", "2028-09-01T22"),
    ]


def test_one_signature_awards_dana_nothing_and_two_do(everything: Preview) -> None:
    assert [len(v.approvers) for v in VERDICTS if v.mentor == "dana"] == [1, 2]
    assert terms(everything, "dana") == [("d-dana-2", "2028-10-02T22")]


@pytest.mark.parametrize("person", ["amara", "kofi"])
def test_two_have_no_stage_that_a_committee_gives(everything: Preview, person: str) -> None:
    assert terms(everything, person) == []
    assert held(everything, person, "apprentice-mentor")


def test_lena_has_met_in_three_months_of_berlin(everything: Preview) -> None:
    bronze = next(a for a in held(everything, "lena", "steady-hand") if a.level == "bronze")

    assert bronze.time == "2025-05-02T09:00:00.000000Z"
    assert len(bronze.evidence) == 3


def test_a_late_review_of_noor_and_a_retracted_one_of_erik_move_no_award() -> None:
    decided = before(lambda e: e["type"] == RETRACTION and e["time"] > "2026-03")

    for person in ("noor", "erik"):
        assert held(previewed(decided), person, "proficient-mentor") == held(
            previewed(), person, "proficient-mentor"
        )


def test_the_renewal_of_priya_is_declined_and_her_term_ends(everything: Preview) -> None:
    assert terms(everything, "priya") == [("d-priya-2023", "2026-07-11T22")]


def test_ruth_signs_and_is_recused() -> None:
    assert any("ruth" in verdict.approvers for verdict in VERDICTS)
    assert any("ruth" in verdict.recused for verdict in VERDICTS)


def test_dana_has_the_voices_of_industry() -> None:
    industry = Counter(
        e["data"]["participant_id"] for e in EVENTS if e["data"].get("source") == "industry"
    )

    assert industry.most_common(1) == [("dana", 3)]
