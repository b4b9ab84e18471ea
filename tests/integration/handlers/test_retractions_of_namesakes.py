"""A retraction concerns the fact of its full key, not those that are called alike elsewhere."""

from typing import Any

from tests.integration.handlers.desk import Desk
from tests.integration.handlers.stories import meetings
from tests.support.given import MEETING, QUIZ, RETRACTED, instant, meeting, quiz, retracted


def test_a_namesake_in_another_program_restates_nothing(desk: Desk) -> None:
    desk.tell(*meetings(2, 6))
    desk.tell(meeting("m6", "ann", at=6, program_id="elsewhere"))

    # m1 comes late: were bronze restated, it would move
    desk.tell(
        meeting("m1", "ann", at=1),
        retracted(MEETING, "m6", program_id="elsewhere"),
        meeting("mx", "ann", at=8),
    )

    assert desk.award("ann", "momentum", "bronze").award.time == instant(6)
    assert desk.rows("SELECT * FROM restatements") == []


def test_another_persons_quiz_of_the_same_name_is_no_cause(desk: Desk) -> None:
    mine: dict[str, Any] = {"loop_id": None, "participant_id": "ann"}
    theirs: dict[str, Any] = {"loop_id": None, "participant_id": "ben"}
    desk.tell(quiz("q", "ann", at=2), quiz("q", "ben", at=2), quiz("q2", "ann", at=3))
    desk.hear()

    desk.tell(
        retracted(QUIZ, "q", at=20, **mine),
        retracted(QUIZ, "q2", at=21, **mine),
        retracted(QUIZ, "q", at=29, **theirs),
    )

    by_person = {m.data["recipient_id"]: m for m in desk.hear()}
    assert by_person["ann"].time == instant(20)
    assert by_person["ben"].time == instant(29)


def test_a_quiz_in_a_loop_called_like_the_person_is_another_fact(desk: Desk) -> None:
    desk.tell(quiz("q", "ann", at=2), quiz("q", "ann", at=3, loop_id="ann"))

    triage = desk.tell(retracted(QUIZ, "q", loop_id="ann"))

    assert triage.counts.retractions == 1
    certified = desk.award("ann", "mentorloop-certified")
    assert (certified.award.time, certified.revision) == (instant(2), 1)
    desk.tell(retracted(QUIZ, "q", loop_id=None, participant_id="ann"))
    assert desk.standing() == {}
    lost = desk.hear()[-1]
    assert lost.data["evidence"] == [{"type": RETRACTED, "id": "q"}]
