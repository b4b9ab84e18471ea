"""Who earns which badge of the catalog mentorloop, and rule 9."""

import pytest

from tests.support.given import (
    Story,
    given,
    kudos,
    meeting,
    milestone,
    quiz,
    reflection,
    survey,
)

LEVELS = [("bronze", 1), ("silver", 2), ("gold", 3)]
MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up")


@pytest.mark.parametrize(("level", "step"), LEVELS)
def test_excellence_asks_for_3_6_and_9_top_ratings(level: str, step: int) -> None:
    told = [survey(f"s{n}", "ben", "ann", at=n + 1) for n in range(3 * step)]
    assert f"excellence {level}" not in given(*told[1:]).held("ann")
    assert f"excellence {level}" in given(*told).held("ann")


def test_excellence_goes_to_the_partners_the_survey_is_about_not_to_its_respondent() -> None:
    told = (survey(f"s{n}", "ben", "", about_ids=["ann", "cem"]) for n in range(3))
    story = given(*told)
    assert story.held("ann") == story.held("cem") == {"excellence bronze"}
    assert story.held("ben") == set()


def test_excellence_counts_repeated_ratings_by_one_respondent_but_only_five_of_five() -> None:
    story = given(survey("s1", "ben", "ann"), survey("s2", "ben", "ann"))
    assert story.when(survey("s3", "ben", "ann", 4)).held("ann") == set()
    assert story.when(survey("s3", "ben", "ann", 5.0)).held("ann") == {"excellence bronze"}


def test_excellence_does_not_count_post_meeting_surveys() -> None:
    told = [survey(f"s{n}", "ben", "ann", survey="post_meeting", meeting_id="m") for n in range(3)]
    assert given(*told).held("ann") == set()


@pytest.mark.parametrize(("level", "step"), LEVELS)
def test_momentum_asks_for_5_10_and_15_meetings_of_each_attendee(level: str, step: int) -> None:
    told = [meeting(f"m{n}", "ann", "ben") for n in range(5 * step)]
    assert f"momentum {level}" not in given(*told[1:]).held("ben")
    assert f"momentum {level}" in given(*told).held("ann") & given(*told).held("ben")


def test_measures_of_two_loops_do_not_add_up() -> None:
    here = [meeting(f"m{n}", "ann") for n in range(3)]
    there = [meeting(f"n{n}", "ann", loop_id="there") for n in range(3)]
    story = given(*here, *there)
    assert story.held("ann") == story.held("ann", "there") == set()


def test_nothing_crosses_programs() -> None:
    told = [meeting(f"m{n}", "ann", program_id=f"program-{n % 2}") for n in range(8)]
    assert given(*told).awards == ()


def test_certified_is_held_once_per_program_by_the_earliest_passing() -> None:
    story = given(
        quiz("q1", "ann", at=5),
        quiz("q2", "ann", at=3, loop_id="loop"),
        quiz("q3", "ann", at=4, loop_id="there"),
    )
    (award,) = story.awards
    assert (award.badge, award.loop, award.level) == ("mentorloop-certified", None, None)
    assert [item.id for item in award.evidence] == ["q2"]


def test_certified_asks_for_the_participant_course() -> None:
    assert given(quiz("q", "ann", quiz_id="another")).awards == ()


def test_growing_together_asks_for_any_meeting_and_any_post_meeting_survey_of_the_loop() -> None:
    story = given(meeting("m1", "ann", "ben"), reflection("r", "ann", meeting_id="another"))
    assert story.held("ann") == {"growing-together"}
    assert story.held("ben") == set()
    assert story.held("the-partner") == set()


def test_growing_together_does_not_take_the_meeting_from_another_loop() -> None:
    story = given(meeting("m1", "ann"), reflection("r", "ann", loop_id="there"))
    assert story.held("ann") == story.held("ann", "there") == set()


@pytest.mark.parametrize("missing", MILESTONES)
def test_champion_by_milestones_asks_for_every_one(missing: str) -> None:
    told = {which: milestone(which, "ann", which) for which in MILESTONES}
    assert given(*told.values()).held("ann") == {"mentorloop-champion"}
    del told[missing]
    assert given(*told.values(), milestone("x", "ann", "another")).held("ann") == set()


def _all_but(left_out: str) -> Story:
    told = {
        "excellence": [survey(f"s{n}", "ben", "ann") for n in range(9)],
        "momentum": [meeting(f"m{n}", "ann") for n in range(15)],
        "mentorloop-certified": [quiz("q", "ann")],
        "growing-together": [reflection("r", "ann")],
    }
    gold = left_out in ("excellence", "momentum")
    told[left_out] = told.get(left_out, [])[: -1 if gold else 0]
    return given(*(record for records in told.values() for record in records))


@pytest.mark.parametrize(
    "left_out", ["excellence", "momentum", "mentorloop-certified", "growing-together"]
)
def test_champion_by_badges_asks_for_every_other_one_at_its_highest_level(left_out: str) -> None:
    assert "mentorloop-champion" in _all_but("nothing").held("ann")
    assert "mentorloop-champion" not in _all_but(left_out).held("ann")


def test_every_kudos_is_an_award_of_its_own_and_needs_no_invitation() -> None:
    story = given(
        kudos("k1", "ben", "ann", "trust"),
        kudos("k2", "ben", "ann", "trust"),
        kudos("k3", "ann", "ben", "creativity"),
    )
    assert story.held("ann") == {"trust k1", "trust k2"}
    assert story.held("ben") == {"creativity k3"}
    assert story.preview.invitations == ()


@pytest.mark.parametrize(("rating", "invited"), [(3, 0), (4, 1), (5, 1)])
@pytest.mark.parametrize("kind", ["mqs", "post_meeting"])
def test_a_survey_rated_4_or_5_invites_its_respondent(kind: str, rating: int, invited: int) -> None:
    told = survey("s", "ben", "", rating, survey=kind, meeting_id="m", about_ids=["cem", "ann"])
    invitations = given(told).preview.invitations
    assert len(invitations) == invited
    for invitation in invitations:
        assert (invitation["respondent_id"], invitation["about_ids"]) == ("ben", ["ann", "cem"])
        assert "rating" not in invitation
