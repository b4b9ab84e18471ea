"""Rules 4 and 5: what an award rests on, and that every level is an award of its own."""

from engine.catalog.loader import parse
from events.award_ids import award_id
from tests.support.catalogs import EVERY_KIND
from tests.support.given import (
    given,
    instant,
    kudos,
    meeting,
    quiz,
    reflection,
    survey,
)


def test_a_count_rests_on_the_first_n_facts() -> None:
    story = given(*(meeting(f"m{n:02}", "ann", at=30 - n) for n in range(1, 8)))
    assert story.award("ann", "momentum", "bronze").evidence == ["m07", "m06", "m05", "m04", "m03"]


def test_jumping_over_levels_awards_every_one_with_its_own_date_and_evidence() -> None:
    story = given(*(meeting(f"m{n:02}", "ann", at=n) for n in range(1, 5)))
    assert story.held("ann") == set()
    story = story.when(*(meeting(f"m{n:02}", "ann", at=n) for n in range(5, 16)))
    for level, number in (("bronze", 5), ("silver", 10), ("gold", 15)):
        award = story.award("ann", "momentum", level)
        assert award == (instant(number), [f"m{n:02}" for n in range(1, number + 1)])


def test_a_sum_rests_on_the_facts_up_to_the_one_that_reached_it() -> None:
    story = given(
        meeting("m1", "ann", at=1, duration_minutes=20),
        meeting("m2", "ann", at=2),
        meeting("m3", "ann", at=3, duration_minutes=25.5),
        meeting("m4", "ann", at=4, duration_minutes=100),
        catalog=EVERY_KIND,
    )
    assert story.award("ann", "talker", "short") == (instant(3), ["m1", "m3"])
    assert story.award("ann", "talker", "long") == (instant(4), ["m1", "m3", "m4"])


def test_a_distinct_rests_on_the_facts_up_to_the_one_that_reached_it() -> None:
    story = given(
        meeting("m1", "ann", "ben", at=1),
        meeting("m2", "ann", "ben", at=2),
        meeting("m3", "ann", "cem", at=3),
        meeting("m4", "ann", "dia", at=4),
        catalog=EVERY_KIND,
    )
    assert story.award("ann", "sociable") == (instant(3), ["m1", "m2", "m3"])


def test_includes_all_rests_on_the_first_fact_of_each_value_listed_by_time() -> None:
    story = given(
        survey("s1", "ben", "ann", 5, at=5),
        survey("s2", "ben", "ann", 4, at=2),
        survey("s3", "ben", "ann", 3, at=6),
        survey("s4", "ben", "ann", 5, at=7),
        catalog=EVERY_KIND,
    )
    assert story.award("ann", "rated") == (instant(6), ["s1", "s3"])


def test_all_of_rests_on_the_union_listed_by_time_then_type_then_id() -> None:
    story = given(reflection("a", "ann", at=4), meeting("b", "ann", at=4))
    (award,) = (award for award in story.awards if award.badge == "growing-together")
    assert [(item.type.split(".")[1], item.id) for item in award.evidence] == [
        ("meeting", "b"),
        ("survey", "a"),
    ]


def test_a_fact_that_two_parts_rest_on_is_listed_once() -> None:
    story = given(
        meeting("m1", "ann", at=1, mentor_ids=["ann"]),
        meeting("m2", "ann", at=2),
        catalog=EVERY_KIND,
    )
    assert story.award("ann", "either") == (instant(2), ["m1", "m2"])


def test_holds_rests_on_the_ids_of_the_awards_it_asks_for_listed_by_their_dates() -> None:
    story = given(
        quiz("q1", "ann", at=6, quiz_id="one"),
        quiz("q2", "ann", at=7, quiz_id="two"),
        meeting("m1", "ann", "ben", "cem", at=8, duration_minutes=50),
        catalog=EVERY_KIND,
    )
    scholar = award_id("program", None, "ann", "scholar", "")
    of_the_loop = [
        award_id("program", "loop", "ann", "sociable", ""),
        award_id("program", "loop", "ann", "talker", "short"),
    ]
    expected = [scholar, *sorted(of_the_loop)]
    assert story.award("ann", "veteran") == (instant(8), expected)


def test_facts_of_two_loops_with_equal_ids_are_two_pieces_of_evidence() -> None:
    catalog = parse(
        """
catalog: c
version: 1
measures:
  quizzes: {event: mentoring.quiz.passed.v1, who: participant_id, aggregate: count}
badges:
  twice:
    name: Twice
    description: Two quizzes
    scope: program
    criterion: {at_least: {quizzes: 2}}
"""
    )
    story = given(quiz("q", "ann", loop_id="a"), quiz("q", "ann", loop_id="b"), catalog=catalog)
    assert story.award("ann", "twice", loop=None).evidence == ["q", "q"]


def test_an_export_line_has_the_fixed_keys() -> None:
    (award,) = given(kudos("k", "ben", "ann", "trust", at=6, message="PRIVATE-m")).awards
    assert award.as_json() == {
        "award_id": award_id("program", "loop", "ann", "trust", "k"),
        "program_id": "program",
        "loop_id": "loop",
        "recipient_id": "ann",
        "badge": "trust",
        "level": None,
        "occurrence": "k",
        "awarded_at": "2026-03-06T10:00:00.000000Z",
        "evidence": [{"type": "mentoring.kudos.given.v1", "id": "k"}],
    }
    assert award.giver == "ben"
    assert "PRIVATE" not in repr(award)
