"""Raters rate the same anchors, and what they gave is compared."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine.catalog import loader
from engine.store import policies
from governance.calibration import comparing, keeping, results, standing
from governance.calibration.keeping import AnchorGiven
from governance.errors import CaseRefused
from governance.packs.sealed import document_of
from governance.rules.calibration.raters import RowBias
from governance.store import calibrations, outbox
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.integration.governance.lodge import Lodge
from tests.integration.governance.rating_room import (
    RATERS,
    ROWS,
    RUBRIC,
    RatingRoom,
    far_off,
    one_up,
)


@pytest.fixture
def rating(room: CommitteeRoom) -> RatingRoom:
    return RatingRoom(room)


def refusal(error: pytest.ExceptionInfo[CaseRefused]) -> str:
    return error.value.kind


def test_from_anchors_to_who_may_review(rating: RatingRoom) -> None:
    """The whole way: three agree with the anchors, one turns the scale round."""
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, "ann", "bob", "cid")
    rating.rate_all(opened, "dee", as_=far_off)
    held = rating.hold(opened)

    assert (held.took_part, held.coached, held.result.raters) == (4, 1, 4)
    assert [row.row for row in held.result.rows] == list(ROWS)
    assert all(row.alpha is not None and row.alpha < 1 for row in held.result.rows)
    assert rating.findings(opened) == {
        "ann": "passed", "bob": "passed", "cid": "passed", "dee": "coached",
    }  # fmt: skip

    with rating.room.sitting() as sitting:
        before = standing.fit_to_review(sitting, PROGRAM, RUBRIC, RATERS)
    rating.deliver()
    with rating.room.sitting() as sitting:
        assert before == frozenset(), "the ledger has not heard of it yet"
        assert standing.fit_to_review(sitting, PROGRAM, RUBRIC, RATERS) == {"ann", "bob", "cid"}
        other = standing.fit_to_review(sitting, PROGRAM, "practice/1", RATERS)
        assert other == {*RATERS}, "coached under another rubric"


def test_what_is_published_names_who_took_part_all_at_the_closing(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, "ann", "bob")
    rating.rate_all(opened, "cid", first=7)
    rating.room.move(hours=5)
    closed_at = rating.room.now
    rating.close(opened)
    rating.room.move(minutes=3)
    assert comparing.hold_due(rating.room.committee) == 1
    facts = rating.published()
    assert {fact["data"]["participant_id"] for fact in facts} == {"ann", "bob"}
    assert {fact["time"] for fact in facts} == {
        closed_at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    }
    for fact in facts:
        assert fact["type"] == "mentoring.stewardship.recorded.v1"
        assert set(fact["data"]) == {"program_id", "participant_id", "record_id", "kind"}
        assert fact["data"]["kind"] == "calibration"
    records = [fact["data"]["record_id"] for fact in facts]
    assert records == sorted(records), "in an order that says nothing"


def test_held_twice_it_publishes_once(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, "ann")
    rating.hold(opened)
    assert comparing.hold_due(rating.room.committee) == 0
    with rating.room.sitting() as sitting:
        assert comparing.hold(sitting, PROGRAM, opened.calibration_id) is None
        assert len(outbox.waiting(sitting.tx, 10)) == 1


def test_the_log_has_alphas_and_numbers_and_no_rater(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, *RATERS)
    rating.hold(opened)
    (entry,) = rating.entries("calibration.held")
    assert entry.by == "governance"
    assert entry.details["alphas"] == dict.fromkeys(ROWS, "1.000000")
    assert (entry.details["took_part"], entry.details["coached"]) == (4, 0)
    every = [*rating.entries("anchor.kept"), *rating.entries("calibration.opened"), entry]
    text = " ".join(f"{each.by} {each.body}" for each in every)
    assert not any(f'"{rater}"' in text or f" {rater} " in text for rater in RATERS)
    assert "Work number" not in text


def test_nothing_of_an_anchor_or_a_rating_is_readable_in_the_tables(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, *RATERS)
    rating.hold(opened)
    for table in ("anchors", "anchor_ratings", "calibration_raters", "calibrations"):
        rows = rating.room.harness.rows(f"SELECT t::text, t.* FROM governance.{table} t")
        text = repr(rows)
        assert "Work number" not in text, table
        assert '"scoping":2' not in text, table
        for row in rows:
            sealed = [value for value in row if isinstance(value, bytes | memoryview)]
            assert all(b"scoping" not in bytes(value) for value in sealed), table


def test_a_rater_joins_who_became_a_reviewer_later(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.room.seat("eve", "reviewer")
    rating.rate_all(opened, "eve")
    rating.hold(opened)
    assert rating.findings(opened)["eve"] == "passed"


@pytest.mark.parametrize("who", ["nobody", "cora"])
def test_who_is_no_reviewer_finds_no_calibration(rating: RatingRoom, who: str) -> None:
    rating.keep_all()
    opened = rating.open()
    with pytest.raises(CaseRefused) as error:
        rating.sheet(opened, who)
    assert refusal(error) == "unknown-case"
    with pytest.raises(CaseRefused) as error:
        rating.rate(opened, who, 1, scoping=1, feedback=1, narrative=1)
    assert refusal(error) == "unknown-case"


def test_what_was_given_may_be_replaced_until_it_closes(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate(opened, "ann", 1, scoping=0, feedback=0, narrative=0)
    sheet = rating.rate(opened, "ann", 1, scoping=4, feedback=3, narrative=2)
    again = rating.sheet(opened, "ann")
    expected = {"scoping": 4, "feedback": 3, "narrative": 2}
    assert list(again.given.values()) == list(sheet.given.values()) == [expected]
    rating.close(opened)
    with pytest.raises(CaseRefused) as error:
        rating.rate(opened, "ann", 1, scoping=1, feedback=1, narrative=1)
    assert refusal(error) == "not-in-state"
    assert list(rating.sheet(opened, "ann").given.values()) == [expected]


@pytest.mark.parametrize(
    "ratings",
    [
        {"scoping": 1, "feedback": 1},
        {"scoping": 1, "feedback": 1, "narrative": 5},
        {"scoping": 1, "feedback": 1, "narrative": -1},
        {"scoping": 1, "feedback": 1, "narrative": 1, "growth": 1},
    ],
)
def test_every_row_is_rated_and_nothing_else(rating: RatingRoom, ratings: dict[str, int]) -> None:
    rating.keep_all()
    opened = rating.open()
    with pytest.raises(CaseRefused) as error:
        rating.rate(opened, "ann", 1, **ratings)
    assert refusal(error) == "not-allowed"


def test_nobody_rates_their_own_work(rating: RatingRoom) -> None:
    for number in range(7):
        rating.keep(number)
    own = rating.keep(7, whose="ann")
    opened = rating.open()
    assert own.anchor_id not in [each.anchor_id for each in rating.sheet(opened, "ann").anchors]
    assert len(rating.sheet(opened, "bob").anchors) == 8
    rating.rate_all(opened, "ann", "bob", "cid", "dee")
    assert rating.hold(opened).took_part == 4, "seven are all that she was asked"


def test_a_rater_reads_their_own_bias(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, "ann", as_=one_up)
    rating.hold(opened)
    with rating.room.sitting() as sitting:
        mine = results.own(sitting, PROGRAM, calibrations.of_rater(sitting.tx, PROGRAM, "ann"))
    result = mine[opened.calibration_id].result
    assert result.anchors == 8
    assert result.rows[0] == RowBias("scoping", 7, 1, 8), "the anchor at 4 has no more"
    assert mine[opened.calibration_id].finding == "coached"


# ---- opening


def test_it_needs_as_many_anchors_as_the_policy_says(rating: RatingRoom) -> None:
    for number in range(7):
        rating.keep(number)
    with pytest.raises(CaseRefused) as error:
        rating.open()
    assert refusal(error) == "not-allowed"
    assert "8" in str(error.value)


def test_one_at_a_time(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    with pytest.raises(CaseRefused) as error:
        rating.open()
    assert refusal(error) == "already-open"
    rating.hold(opened)
    rating.open()


def test_nobody_to_ask(room: CommitteeRoom) -> None:
    rating = RatingRoom(room)
    rating.keep_all()
    for rater in RATERS:
        room.dismiss(rater)
    with pytest.raises(CaseRefused) as error:
        rating.open()
    assert refusal(error) == "not-allowed"


def test_who_is_away_or_past_their_term_is_not_asked(room: CommitteeRoom) -> None:
    rating = RatingRoom(room)
    today = room.now.date()
    room.seat("away", "reviewer", leave_until=today + timedelta(days=9))
    room.seat("past", "reviewer", term_until=today - timedelta(days=9))
    room.seat("member", "member")
    rating.keep_all()
    assert set(rating.findings(rating.open())) == set(RATERS)


def test_reviewers_are_notified_once(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rows = rating.room.harness.rows(
        "SELECT participant, case_id::text FROM notify.case_news WHERE news = 'calibration_asked' "
        "ORDER BY participant"
    )
    assert [tuple(row) for row in rows] == [(rater, opened.calibration_id) for rater in RATERS]


def test_anchors_are_changed_about(rating: RatingRoom) -> None:
    rating.keep_all()
    first = rating.open()
    rating.hold(first)
    more = [rating.keep(number).anchor_id for number in range(3)]
    rating.room.move(days=92)
    second = rating.open()
    assert set(more) < set(second.anchors)
    assert len(second.anchors) == 8


def test_only_who_is_coached_is_asked_again_and_passes(rating: RatingRoom) -> None:
    rating.keep_all()
    first = rating.open()
    rating.rate_all(first, "ann", "bob", "cid")
    rating.rate_all(first, "dee", as_=far_off)
    rating.hold(first)
    rating.deliver()
    rating.room.move(days=20)
    again = rating.open("coached")
    assert set(rating.findings(again)) == {"dee"}
    with pytest.raises(CaseRefused):
        rating.sheet(again, "ann")
    rating.rate_all(again, "dee")
    rating.hold(again)
    with rating.room.sitting() as sitting:
        assert "dee" in standing.fit_to_review(sitting, PROGRAM, RUBRIC, RATERS)
        assert standing.seats_more(sitting, PROGRAM, RUBRIC) == 1, "one rater says nothing of rows"


def test_five_anchors_do_not_lift_coaching(rating: RatingRoom) -> None:
    rating.keep_all()
    first = rating.open()
    rating.rate_all(first, "dee", as_=far_off)
    rating.hold(first)
    rating.deliver()
    again = rating.open()
    rating.rate_all(again, "dee", first=5)
    rating.hold(again)
    with rating.room.sitting() as sitting:
        assert standing.fit_to_review(sitting, PROGRAM, RUBRIC, ["dee"]) == frozenset()


# ---- what follows


def test_a_year_later_nobody_is_fit_without_another(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, "ann")
    rating.hold(opened)
    rating.deliver()
    for days, fit in ((364.9, {"ann"}), (0.2, set[str]())):
        rating.room.move(days=days)
        with rating.room.sitting() as sitting:
            assert standing.fit_to_review(sitting, PROGRAM, RUBRIC, RATERS) == fit


def test_two_poor_calibrations_running_pause_decisions(rating: RatingRoom) -> None:
    rating.keep_all()
    for number in range(2):
        opened = rating.open()
        rating.rate_all(opened, "ann", "bob")
        rating.rate_all(
            opened, "cid", "dee", as_=lambda level, row: 4 - level if row == "feedback" else level
        )
        rating.hold(opened)
        rating.room.move(days=92)
        with rating.room.sitting() as sitting:
            assert standing.unreliable_rows(sitting, PROGRAM, RUBRIC) == ("feedback",)
            assert standing.seats_more(sitting, PROGRAM, RUBRIC) == 1
            assert standing.paused(sitting, PROGRAM, RUBRIC) is (number == 1)
            assert standing.unreliable_rows(sitting, PROGRAM, "practice/1") == ()


def test_it_closes_by_itself_when_its_last_day_is_over(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, "ann")
    rating.room.move(days=20.9)
    assert comparing.hold_due(rating.room.committee) == 0
    rating.room.move(days=1.2)
    assert comparing.hold_due(rating.room.committee) == 1
    assert rating.findings(opened) == {
        "ann": "passed", "bob": "too_few", "cid": "too_few", "dee": "too_few",
    }  # fmt: skip


def test_nobody_rated(rating: RatingRoom) -> None:
    rating.keep_all()
    held = rating.hold(rating.open())
    assert (held.took_part, held.coached) == (0, 0)
    assert [row.alpha for row in held.result.rows] == [None, None, None]
    assert rating.published() == []


# ---- erasure, and what may be kept


def test_an_erased_rater_leaves_what_was_agreed_and_nothing_of_theirs(rating: RatingRoom) -> None:
    rating.keep_all()
    opened = rating.open()
    rating.rate_all(opened, *RATERS)
    held = rating.hold(opened)
    rating.room.erase("dee")
    assert set(rating.findings(opened)) == {"ann", "bob", "cid"}
    rows = rating.room.harness.rows("SELECT DISTINCT rater FROM governance.anchor_ratings")
    assert "dee" not in [rater for (rater,) in rows]
    with rating.room.sitting() as sitting:
        (kept,) = results.held(sitting, PROGRAM, RUBRIC)
    assert kept.result == held.result
    assert held.result.rows[0].alpha == Decimal(1)


def test_an_erased_person_s_work_is_gone_from_an_open_calibration(rating: RatingRoom) -> None:
    for number in range(7):
        rating.keep(number)
    theirs = rating.keep(7, whose="learner")
    opened = rating.open()
    rating.rate_all(opened, "ann")
    rating.room.erase("learner")
    left = rating.sheet(opened, "bob")
    assert theirs.anchor_id not in [each.anchor_id for each in left.anchors]
    assert len(left.anchors) == 7
    with rating.room.sitting() as sitting:
        kept = {each.anchor_id: each for each in keeping.all_of(sitting, PROGRAM)}
    gone = kept[theirs.anchor_id]
    assert gone.content is None
    assert gone.whose is None
    rating.rate_all(opened, "bob")
    assert rating.hold(opened).took_part == 2


def test_an_anchor_may_name_nobody_of_the_program(rating: RatingRoom) -> None:
    rating.room.harness.rows(
        "INSERT INTO directory.participants (program, participant, display_name, roles, active, "
        "told_at, lane, \"offset\", published_at) VALUES ('aurora', 'lena', 'Lena Fischer', "
        "'{mentee}', true, now(), 0, 0, now()) RETURNING 1"
    )
    given = AnchorGiven(RUBRIC, "A title", "Then Lena asked why.", dict.fromkeys(ROWS, 2))
    with pytest.raises(CaseRefused) as error, rating.room.sitting() as sitting:
        keeping.keep(sitting, PROGRAM, "cora", given)
    assert refusal(error) == "not-allowed"
    assert "Lena" in str(error.value)


@pytest.mark.parametrize(
    "given",
    [
        AnchorGiven("practical/2", "A title", "A text", dict.fromkeys(ROWS, 2)),
        AnchorGiven(RUBRIC, "A title", "A text", {"scoping": 1}),
        AnchorGiven(RUBRIC, " ", "A text", dict.fromkeys(ROWS, 2)),
        AnchorGiven(RUBRIC, "A title", " ", dict.fromkeys(ROWS, 2)),
        AnchorGiven(RUBRIC, "A title", "x" * 8_001, dict.fromkeys(ROWS, 2)),
        AnchorGiven(RUBRIC, "A title", "a\x00b", dict.fromkeys(ROWS, 2)),
        AnchorGiven(RUBRIC, "x" * 121, "A text", dict.fromkeys(ROWS, 2)),
    ],
    ids=["rubric", "rows", "no title", "no text", "long", "control", "long title"],
)
def test_what_is_no_anchor_is_not_kept(rating: RatingRoom, given: AnchorGiven) -> None:
    with pytest.raises(CaseRefused) as error, rating.room.sitting() as sitting:
        keeping.keep(sitting, PROGRAM, "cora", given)
    assert refusal(error) in ("not-allowed", "unknown-matter")


def test_a_retired_anchor_is_in_no_new_calibration(rating: RatingRoom) -> None:
    rating.keep_all()
    extra = rating.keep(8)
    opened = rating.open()
    rating.hold(opened)
    gone = opened.anchors[0]
    with rating.room.sitting() as sitting:
        keeping.retire(sitting, PROGRAM, gone, "cora")
        keeping.retire(sitting, PROGRAM, gone, "cora")
        with pytest.raises(CaseRefused):
            keeping.retire(sitting, PROGRAM, "no such", "cora")
    second = rating.open()
    assert gone not in second.anchors
    assert extra.anchor_id in second.anchors


# ---- cases


def test_a_row_that_raters_disagree_on_is_named_in_packs_and_stops_cases_twice_running(
    lodge: Lodge,
) -> None:
    """Under the lodge's policy with calibrations and a rubric."""
    rules = (Path(__file__).parents[2] / "support/lodge.yaml").read_text()
    rules = rules.replace("aggregate: {mean: score}", "where: {rubric: {equals: practice}}, "
                          "aggregate: {mean: score}")  # fmt: skip
    wanted = loader.parse(rules + _CALIBRATED)
    with lodge.room.harness.transaction() as tx:
        policies.adopt(tx, wanted, "cora", "reviewers calibrate")
    rating = RatingRoom(lodge.room)
    for number, level in enumerate((1, 2, 3)):
        given = AnchorGiven("practice/1", f"Anchor {number}", "Work", {"communication": level})
        with lodge.room.sitting() as sitting:
            keeping.keep(sitting, PROGRAM, "cora", given)

    def disagree() -> None:
        opened = rating.open(rubric="practice/1")
        rating.rate_all(opened, "ann", "bob")
        rating.rate_all(opened, "cid", "dee", as_=far_off)
        rating.hold(opened)

    disagree()
    lodge.ready()
    case = lodge.apply()
    assert case.state == "settling"
    with lodge.room.sitting() as sitting:
        document = document_of(sitting, case)
    assert document is not None
    assert document.unreliable == (("practice/1", ("communication",)),)
    disagree()
    lodge.room.move(hours=73)
    lodge.step()
    assert lodge.case(case.case_id).state == "settling", "decisions that hang on it wait"
    opened = rating.open(rubric="practice/1")
    rating.rate_all(opened, *RATERS)
    rating.hold(opened)
    lodge.step()
    assert lodge.case(case.case_id).state == "on_desk"


_CALIBRATED = """
  calibration: {anchors: 3, raters_at_least: 4, alpha_good: 0.8, alpha_poor: 0.667}
rubrics:
  practice/1:
    of: A year of mentoring
    rated_by: a panel
    score: the mean
    rows:
      communication: [none, little, some, much, all]
"""
