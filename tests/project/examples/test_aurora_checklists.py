"""What the committee could ask of the mentors of Aurora Guild, and what each shows by it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from engine.cli.console.files import write_lines
from engine.handlers.policy import IntakePolicy
from engine.projections.eligibility import Eligibility
from engine.projections.eligibility_nodes import PartsNode
from engine.queries.eligibility import Question
from events.instants import Instant, from_datetime, to_datetime
from examples.recognition.annals import moment
from examples.recognition.decisions import VERDICTS
from replay.build.preview import PreviewIntake
from tests.project.examples.aurora import CATALOG, FOLDER, LINES, NOW, before

AFTER = Instant("2026-05-05T12:00:00.000000Z")
PROFICIENT, MASTER = "proficient-mentor", "master-mentor"


def asked(
    as_of: Instant, *, renewal: bool = False, lines: Iterable[bytes] = LINES
) -> Iterator[Eligibility]:
    """What all stages ask of everybody, by the facts of these lines."""
    intake = PreviewIntake(CATALOG, IntakePolicy(lambda: to_datetime(NOW)).latest())
    for line in lines:
        intake.process(line)
    return intake.eligible(Question(CATALOG, CATALOG.policy, as_of, renewal=renewal))


def open_lines(
    person: str,
    stage: str,
    as_of: Instant,
    *,
    renewal: bool = False,
    lines: Iterable[bytes] = LINES,
) -> list[str]:
    """The lines of somebody's checklist that are not met: the measure, or the kind of the line."""
    answers = asked(as_of, renewal=renewal, lines=lines)
    one = next(e for e in answers if (e.participant_id, e.stage) == (person, stage))
    assert isinstance(one.root, PartsNode)
    missing = [part for part in one.root.parts if not part.met]
    assert one.met == (not missing)
    return [str(part.as_json().get("of", "any_of")) for part in missing]


def line_of(person: str, stage: str, as_of: Instant, measure: str) -> dict[str, object]:
    """A line of somebody's checklist as JSON."""
    one = next(e for e in asked(as_of) if (e.participant_id, e.stage) == (person, stage))
    assert isinstance(one.root, PartsNode)
    lines = [part.as_json() for part in one.root.parts]
    return next(line for line in lines if line.get("of") == measure)


def arrived_by(decision: str) -> list[bytes]:
    """The lines that the committee had when a decision was published."""
    return before(lambda event: event["data"].get("decision_id") == decision)


def test_the_rules_give_the_checklists_kept_with_it_byte_for_byte(tmp_path: Path) -> None:
    again = tmp_path / "eligible.jsonl"

    assert write_lines(again, (one.as_json() for one in asked(AFTER))) == 2 * 54

    assert again.read_bytes() == (FOLDER / "eligible.jsonl").read_bytes()


@pytest.mark.parametrize(
    "verdict",
    [v for v in VERDICTS if v.case in (PROFICIENT, MASTER) and v.as_of > "2024-09"],
    ids=lambda verdict: verdict.id,
)
def test_a_stage_is_granted_exactly_where_its_checklist_was_met(verdict: object) -> None:
    decision = next(v for v in VERDICTS if v is verdict)
    renewal = decision.id in ("d-sofia-2", "d-priya-2")

    missing = open_lines(
        decision.mentor,
        decision.case,
        from_datetime(moment(decision.as_of)),
        renewal=renewal,
        lines=arrived_by(decision.id),
    )

    assert (not missing) == (decision.outcome != "declined"), missing


def test_imani_has_seven_lines_open_in_february_and_none_in_may() -> None:
    assert open_lines("imani", MASTER, Instant("2026-02-15T12:00:00.000000Z")) == [
        "practice_score",
        "practice_panels",
        "contributions",
        "pairings",
        "calibrations",
        "credits",
        "training_kinds",
    ]
    assert open_lines("imani", MASTER, AFTER) == []


def test_mateo_lacks_one_pair_and_nothing_else() -> None:
    assert open_lines("mateo", MASTER, AFTER) == ["portfolio_gain"]
    gain = line_of("mateo", MASTER, AFTER, "portfolio_gain")

    assert (gain["sample"], gain["sample_needed"], gain["have"]) == (5, 6, "4.600000")


def test_amara_could_apply_and_kofi_could_not() -> None:
    assert open_lines("amara", PROFICIENT, AFTER) == []
    assert "practice_score" in open_lines("kofi", PROFICIENT, AFTER)


def test_tomas_needs_his_waiver() -> None:
    as_of = Instant("2025-09-30T10:00:00.000000Z")
    without = [line for line in LINES if b'"d-tomas-1"' not in line]

    assert open_lines("tomas", PROFICIENT, as_of) == []
    assert open_lines("tomas", PROFICIENT, as_of, lines=without) == ["any_of"]


def test_a_late_review_takes_the_ground_of_noors_decision_from_under_it() -> None:
    as_of = from_datetime(moment("2026-02-10T18:00:00+01:00"))

    assert open_lines("noor", PROFICIENT, as_of, lines=arrived_by("d-noor-1")) == []
    assert open_lines("noor", PROFICIENT, as_of) == ["practice_score"]


def test_erik_has_two_reviews_of_three_until_the_third_is_corrected() -> None:
    as_of = from_datetime(moment("2026-02-10T18:00:00+01:00"))
    retracted = before(
        lambda e: e["data"].get("reason") == "The reviewer had a conflict of interest"
    )

    assert open_lines("erik", PROFICIENT, as_of, lines=retracted) == []
    assert open_lines("erik", PROFICIENT, as_of, lines=LINES[: len(retracted) + 1]) == [
        "practice_score"
    ]
    assert open_lines("erik", PROFICIENT, as_of) == []


def test_priya_fails_a_renewal_by_her_peers_alone() -> None:
    as_of = from_datetime(moment("2026-06-10T12:00:00+02:00"))

    assert open_lines("priya", PROFICIENT, as_of, renewal=True) == ["practice_score"]


def test_lena_has_three_pairs_from_two_learners_because_cohorts_overlap() -> None:
    as_of = from_datetime(moment("2026-02-10T18:00:00+01:00"))
    gain = line_of("lena", PROFICIENT, as_of, "portfolio_gain")

    assert (gain["sample"], gain["have"], gain["met"]) == (3, "3.000000", True)
