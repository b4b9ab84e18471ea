"""What counts as kudos where other facts are awards by themselves too."""

from engine.catalog.loader import parse
from tests.integration.replay.rebuilt import approved, cut_over
from tests.integration.web.people_surface import PeopleSurface, described_program, participant
from tests.support.given import MENTORLOOP, kudos, quiz

QUIZZES = parse(
    MENTORLOOP.text.replace(
        "badges:\n",
        "badges:\n"
        "  quizzed:\n"
        "    name: Quizzed\n"
        "    description: Each quiz counts\n"
        "    repeatable: {event: mentoring.quiz.passed.v1, who: participant_id}\n",
        1,
    )
)


def test_a_quiz_that_is_an_award_is_no_kudos_and_cannot_be_given(
    empty_surface: PeopleSurface,
) -> None:
    empty_surface.describe(described_program("program"))
    empty_surface.harness.tell(kudos("k", "ben", "ann", "trust", at=1), quiz("q", "ann", at=2))
    cut_over(empty_surface.harness, approved(empty_surface.harness, QUIZZES))
    ann = participant("program", "ann")
    path = "/v1/programs/program/me"
    kinds = empty_surface.get(f"{path}/partners", ann).json()["kinds"]
    assert {kind["badge"] for kind in kinds} == set(MENTORLOOP.repeatable)
    shown = empty_surface.get(f"{path}/badges", ann).json()
    assert (shown["summary"]["kudos"], shown["summary"]["givers"]) == (1, 1)
    totals = {badge["badge"]: badge["total"] for badge in shown["badges"]}
    assert (totals["quizzed"], totals["trust"]) == (1, 1)
