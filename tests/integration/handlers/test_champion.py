"""The champion badge holds the others: what happens below shows above."""

from typing import Any

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import (
    THE_QUIZ,
    all_but_quiz_and_last_meeting,
    all_milestones,
    champion,
)
from tests.support.given import (
    MEETING,
    MILESTONE,
    QUIZ,
    RETRACTED,
    instant,
    meeting,
    quiz,
    retracted,
)

NO_LOOP: dict[str, Any] = {"loop_id": None, "participant_id": "ann"}


def test_everything_in_one_batch_is_heard_from_the_bottom_up(harness: Harness) -> None:
    harness.tell(*reversed(champion()))
    assert [m.what for m in harness.hear() if m.data.get("recipient_id") == "ann"] == [
        "+ ann growing-together",
        "+ ann excellence bronze",
        "+ ann mentorloop-certified",
        "+ ann momentum bronze",
        "+ ann excellence silver",
        "+ ann excellence gold",
        "+ ann momentum silver",
        "+ ann momentum gold",
        "+ ann mentorloop-champion",
    ]


def test_losing_the_quiz_loses_champion_with_the_same_cause(harness: Harness) -> None:
    harness.tell(*champion())
    harness.hear()

    harness.tell(retracted(QUIZ, "q1", at=25, **NO_LOOP))

    lost = harness.hear()
    assert {m.what for m in lost} == {"- ann mentorloop-certified", "- ann mentorloop-champion"}
    assert {m.time for m in lost} == {instant(25)}
    assert [m.data["evidence"] for m in lost] == [[{"type": RETRACTED, "id": "q1"}]] * 2


def test_the_cause_of_a_cascade_is_the_last_retraction_under_the_whole_proof(
    harness: Harness,
) -> None:
    harness.tell(*champion())
    harness.hear()

    harness.tell(
        retracted(MEETING, "m7", at=27),
        retracted(QUIZ, "q1", at=25, **NO_LOOP),
    )

    causes = {m.what: m.time for m in harness.hear()}
    assert causes == {
        "- ann mentorloop-certified": instant(25),
        "- ann momentum gold": instant(27),
        "- ann mentorloop-champion": instant(27),
    }


def test_with_milestones_complete_champion_survives_the_quiz_restated(harness: Harness) -> None:
    harness.tell(*champion())
    harness.tell(*all_milestones(at=20))
    before = harness.award("ann", "mentorloop-champion")
    harness.hear()

    harness.tell(retracted(QUIZ, "q1", **NO_LOOP))

    assert harness.said() == ["- ann mentorloop-certified"]
    after = harness.award("ann", "mentorloop-champion")
    assert {e.type for e in after.award.evidence} == {MILESTONE}
    assert (after.award.time, after.revision) == (instant(20), before.revision)
    assert harness.rows("SELECT award_id::text, awarded_at FROM restatements") == [
        (after.award.id, before.award.time)
    ]


def test_milestones_that_complete_in_the_batch_of_the_retraction_save_champion(
    harness: Harness,
) -> None:
    harness.tell(*champion())
    harness.hear()

    harness.tell(retracted(QUIZ, "q1", **NO_LOOP), *all_milestones(at=21))

    assert harness.said() == ["- ann mentorloop-certified"]
    assert harness.award("ann", "mentorloop-champion").award.time == instant(21)


def test_a_second_quiz_restates_certified_and_champion_above_it(harness: Harness) -> None:
    harness.tell(*champion())
    harness.tell(quiz("q2", "ann", at=18, loop_id="another-loop"))
    harness.hear()

    harness.tell(retracted(QUIZ, "q1", **NO_LOOP))

    assert harness.messages() == []
    certified = harness.award("ann", "mentorloop-certified")
    above = harness.award("ann", "mentorloop-champion")
    assert [e.id for e in certified.award.evidence] == ["q2"]
    assert certified.award.time == above.award.time == instant(18)
    assert (above.award.evidence[-1].id, above.award.evidence[-1].time) == (
        certified.award.id,
        instant(18),
    )
    assert {row[0] for row in harness.rows("SELECT award_id::text FROM restatements")} == {
        certified.award.id,
        above.award.id,
    }


def test_a_meeting_replaced_below_restates_champion_above(harness: Harness) -> None:
    harness.tell(*champion())
    harness.hear()
    harness.tell(retracted(MEETING, "m4"), meeting("m16", "ann", at=16))
    assert harness.messages() == []
    assert harness.award("ann", "mentorloop-champion").award.time == instant(16)
    assert len(harness.rows("SELECT * FROM restatements")) == 4  # three of momentum, champion


def test_the_quiz_makes_champion_in_every_loop_that_lacks_only_it(harness: Harness) -> None:
    story = [*all_but_quiz_and_last_meeting(), meeting("m15", "ann", at=15)]
    elsewhere = [value.replace(b'"loop"', b'"second"') for value in story]
    harness.tell(*story)
    harness.tell(*elsewhere, partition=1)
    harness.hear()

    harness.tell(THE_QUIZ, partition=2)

    assert harness.said() == ["+ ann mentorloop-certified", *["+ ann mentorloop-champion"] * 2]
