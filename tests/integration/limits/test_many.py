"""Many people in one meeting, and one person in many loops."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.integration.handlers.agreement import check_measures, check_proofs
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import THE_QUIZ
from tests.integration.limits.counting import counted
from tests.support.given import MEETING, QUIZ, meeting, reflection, retracted, survey

EVERYBODY = [f"p{n:03}" for n in range(200)]


def test_two_hundred_may_attend_and_one_more_may_not(harness: Harness) -> None:
    told = harness.tell(*(meeting(f"m{n}", *EVERYBODY, at=n) for n in range(1, 16)))
    assert told.counts.applied == 15
    assert len(harness.standing()) == 200 * 3

    told = harness.tell(meeting("too-many", *EVERYBODY, "one-more", at=16))
    ((_, refusal),) = told.refused
    assert refusal.reason == "invalid"
    assert "attendee_ids" in refusal.detail


def test_what_two_hundred_lose_by_one_retraction_is_taken_from_each(harness: Harness) -> None:
    harness.tell(*(meeting(f"m{n}", *EVERYBODY, at=n) for n in range(1, 16)))
    harness.hear()
    harness.tell(retracted(MEETING, "m7"))
    assert [m.what for m in harness.hear()] == [f"- {name} momentum gold" for name in EVERYBODY]
    assert len(harness.standing()) == 200 * 2
    check_measures(harness)


def _all_but_the_quiz(loop: int) -> list[bytes]:
    here, ben = f"loop-{loop}", f"ben-{loop}"
    return [
        *(meeting(f"m{n}", "ann", ben, at=n, loop_id=here) for n in range(1, 16)),
        *(survey(f"s{n}", ben, "ann", at=n, loop_id=here) for n in range(1, 10)),
        reflection("r", "ann", at=2, loop_id=here),
    ]


@pytest.fixture
def statements() -> Iterator[Counter[str]]:
    """The statements given to PostgreSQL from now on."""
    with counted() as seen:
        yield seen


@pytest.mark.parametrize("loops", [4, 40])
def test_a_quiz_decides_in_every_loop_of_who_passed_it_in_as_many_statements(
    harness: Harness, statements: Counter[str], loops: int
) -> None:
    for number in range(loops):
        harness.tell(*_all_but_the_quiz(number))
    harness.hear()

    statements.clear()
    harness.tell(THE_QUIZ)
    assert statements.total() < 40
    assert harness.said().count("+ ann mentorloop-champion") == loops

    statements.clear()
    harness.tell(retracted(QUIZ, "q1", loop_id=None, participant_id="ann"))
    assert statements.total() < 40
    assert harness.said().count("- ann mentorloop-champion") == loops
    check_measures(harness)
    check_proofs(harness)
