"""The catalog that ships, and what a catalog knows about itself."""

import pytest

from engine.catalog.model import Scope
from engine.rules.criteria.criterion import Holding
from engine.rules.event_fields import fields
from tests.support.catalogs import EVERY_KIND
from tests.support.given import MENTORLOOP

SCOPES: list[Scope] = ["loop", "program"]
WORDS = {
    "excellence": ["top_ratings at least 3", "top_ratings at least 6", "top_ratings at least 9"],
    "momentum": [f"meetings_attended at least {n}" for n in (5, 10, 15)],
    "mentorloop-certified": ["course_quizzes_passed at least 1"],
    "growing-together": ["meetings_attended at least 1 and post_meeting_surveys at least 1"],
    "mentorloop-champion": [
        "milestones includes first-meeting, grow-together, levelling-up, matched or holds "
        "excellence gold, momentum gold, growing-together, mentorloop-certified"
    ],
}
KUDOS = {
    "trust": "Building safe, trusted, empathetic relationships",
    "networking": "Connecting people, resources and opportunities",
    "expertise": "Sharing knowledge with impact",
    "commitment": "Consistently showing up and following through",
    "creativity": "Sparking new ideas and perspectives",
}


def test_it_is_named_and_versioned_and_has_every_badge_in_order() -> None:
    assert (MENTORLOOP.name, MENTORLOOP.version) == ("mentorloop", "1")
    assert [badge.name for badge in MENTORLOOP.badges] == [*WORDS, *KUDOS]


@pytest.mark.parametrize("badge", WORDS)
def test_an_achievement_asks_for_what_the_domain_says(badge: str) -> None:
    levels = MENTORLOOP.badge[badge].levels
    names = ["bronze", "silver", "gold"] if len(levels) == 3 else [""]
    assert [level.name for level in levels] == names
    assert [level.criterion.words() for level in levels] == WORDS[badge]
    assert MENTORLOOP.badge[badge].category == "achievement"
    scope = "program" if badge == "mentorloop-certified" else "loop"
    assert MENTORLOOP.badge[badge].scope == scope


@pytest.mark.parametrize("badge", KUDOS)
def test_a_kudos_badge_is_repeatable_and_described(badge: str) -> None:
    kudos = MENTORLOOP.badge[badge]
    assert kudos.description == KUDOS[badge]
    assert kudos.category == "kudos"
    assert kudos.repeatable is not None
    assert kudos.levels == ()
    assert badge in MENTORLOOP.repeatable


def test_every_badge_has_a_title_and_a_description() -> None:
    assert all(badge.title and badge.description for badge in MENTORLOOP.badges)
    assert MENTORLOOP.badge["excellence"].description == (
        "Receiving great feedback from your mentoring partner"
    )


def test_badges_are_judged_after_those_they_ask_for() -> None:
    for catalog in (MENTORLOOP, EVERY_KIND):
        for scope in SCOPES:
            seen: set[str] = set()
            for badge in catalog.judged(scope):
                for level in badge.levels:
                    for holding in level.criterion.holdings():
                        asked = catalog.badge[holding.badge]
                        assert asked.scope != badge.scope or asked.name in seen
                seen.add(badge.name)
            assert seen == {b.name for b in catalog.badges if b.scope == scope and b.levels}


def test_measures_are_numbered_by_name_the_repeatable_badges_among_them() -> None:
    names = [measure.name for measure in MENTORLOOP.measures]
    assert names == sorted(names)
    assert [measure.index for measure in MENTORLOOP.measures] == list(range(len(names)))
    assert set(KUDOS) < set(names)


def test_a_person_has_the_measures_of_program_badges_and_of_repeatable_ones() -> None:
    kept = {measure.name for measure in MENTORLOOP.program_measures}
    assert kept == {"course_quizzes_passed", *KUDOS}


def test_badges_of_the_loop_are_asked_for_before_those_of_the_program() -> None:
    assert MENTORLOOP.badge["mentorloop-champion"].levels[0].criterion.holdings() == [
        Holding("excellence", "gold"),
        Holding("momentum", "gold"),
        Holding("growing-together", ""),
        Holding("mentorloop-certified", ""),
    ]


def test_no_rule_may_look_at_a_private_message() -> None:
    assert set(fields("mentoring.kudos.given.v1")) == {
        "program_id",
        "loop_id",
        "kudos_id",
        "giver_id",
        "recipient_id",
        "kind",
    }
    assert fields("mentoring.fact.retracted.v1") == fields("nothing") == {}


def test_fields_know_their_shape_their_choices_and_whether_they_name_people() -> None:
    survey = fields("mentoring.survey.submitted.v1")
    assert survey["rating"].shape == "number"
    assert survey["survey"].choices == {"mqs", "post_meeting"}
    assert {name for name, field in survey.items() if field.people} == {
        "respondent_id",
        "about_ids",
    }
    meeting = fields("mentoring.meeting.completed.v1")
    assert (meeting["mentor_ids"].shape, meeting["duration_minutes"].shape) == ("list", "number")


def test_a_catalog_knows_which_badges_of_a_loop_rest_on_the_program() -> None:
    assert MENTORLOOP.depends_on_program == {"mentorloop-champion"}
    assert EVERY_KIND.depends_on_program == {"veteran", "either"}
