"""A retraction concerns the fact of its full key, not those that are called alike elsewhere."""

from typing import Any

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.support.given import MEETING, QUIZ, RETRACTED, instant, meeting, quiz, retracted


def test_a_namesake_in_another_program_restates_nothing(harness: Harness) -> None:
    harness.tell(*meetings(2, 6))
    harness.tell(meeting("m6", "ann", at=6, program_id="elsewhere"))

    # m1 comes late: were bronze restated, it would move
    harness.tell(
        meeting("m1", "ann", at=1),
        retracted(MEETING, "m6", program_id="elsewhere"),
        meeting("mx", "ann", at=8),
    )

    assert harness.award("ann", "momentum", "bronze").award.time == instant(6)
    assert harness.rows("SELECT * FROM restatements") == []


def test_another_persons_quiz_of_the_same_name_is_no_cause(harness: Harness) -> None:
    mine: dict[str, Any] = {"loop_id": None, "participant_id": "ann"}
    theirs: dict[str, Any] = {"loop_id": None, "participant_id": "ben"}
    harness.tell(quiz("q", "ann", at=2), quiz("q", "ben", at=2), quiz("q2", "ann", at=3))
    harness.hear()

    harness.tell(
        retracted(QUIZ, "q", at=20, **mine),
        retracted(QUIZ, "q2", at=21, **mine),
        retracted(QUIZ, "q", at=29, **theirs),
    )

    by_person = {m.data["recipient_id"]: m for m in harness.hear()}
    assert by_person["ann"].time == instant(20)
    assert by_person["ben"].time == instant(29)


def test_a_quiz_in_a_loop_called_like_the_person_is_another_fact(harness: Harness) -> None:
    harness.tell(quiz("q", "ann", at=2), quiz("q", "ann", at=3, loop_id="ann"))

    triage = harness.tell(retracted(QUIZ, "q", loop_id="ann"))

    assert triage.counts.retractions == 1
    certified = harness.award("ann", "mentorloop-certified")
    assert (certified.award.time, certified.revision) == (instant(2), 1)
    harness.tell(retracted(QUIZ, "q", loop_id=None, participant_id="ann"))
    assert harness.standing() == {}
    lost = harness.hear()[-1]
    assert lost.data["evidence"] == [{"type": RETRACTED, "id": "q"}]
