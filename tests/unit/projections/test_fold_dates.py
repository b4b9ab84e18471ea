"""Rules 2 and 3: the order of facts, and since when an award is true."""

from events.award_ids import award_id
from tests.support.given import (
    Story,
    given,
    instant,
    kudos,
    meeting,
    milestone,
    quiz,
    reflection,
    survey,
)

MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up")


def _golden(days: range) -> list[bytes]:
    """Everything but the quiz: nine top ratings and fifteen meetings, a reflection on day 2."""
    facts = [meeting(f"m{n:02}", "ann", "ben", at=day) for n, day in enumerate(days)]
    facts += [survey(f"s{n}", "ben", "ann", at=1) for n in range(9)]
    return [*facts, reflection("r", "ann", at=2)]


def test_at_least_n_is_true_since_the_nth_fact_whatever_order_they_come_in() -> None:
    days = [9, 2, 7, 4, 6]
    story = given(*(meeting(f"m{day}", "ann", "ben", at=day) for day in days))
    assert story.award("ann", "momentum", "bronze").at == instant(9)


def test_a_late_fact_brings_the_date_forward() -> None:
    story = given(*(meeting(f"m{day}", "ann", "ben", at=day) for day in (2, 4, 6, 8, 10)))
    assert story.award("ann", "momentum", "bronze").at == instant(10)
    story = story.when(meeting("late", "ann", "ben", at=1))
    assert story.award("ann", "momentum", "bronze").at == instant(8)


def test_an_award_is_dated_by_the_event_in_utc_to_the_microsecond() -> None:
    at = "2026-03-04T23:30:00.1234569-02:00"
    award = given(quiz("q", "ann", at=at)).award("ann", "mentorloop-certified", loop=None)
    assert award.at == "2026-03-05T01:30:00.123456Z"


def test_all_of_is_true_since_the_latest_of_its_parts() -> None:
    story = given(reflection("r", "ann", at=3), meeting("m", "ann", "ben", at=5))
    assert story.award("ann", "growing-together").at == instant(5)
    story = given(reflection("r", "ann", at=7), meeting("m", "ann", "ben", at=5))
    assert story.award("ann", "growing-together").at == instant(7)


def test_all_of_counts_the_first_fact_of_each_part() -> None:
    story = given(
        meeting("m1", "ann", at=2),
        meeting("m2", "ann", at=9),
        reflection("r1", "ann", at=4),
        reflection("r2", "ann", at=8),
    )
    assert story.award("ann", "growing-together") == (instant(4), ["m1", "r1"])


def test_includes_all_is_true_since_the_latest_of_the_first_facts_for_each_value() -> None:
    story = given(
        *(milestone(f"c{n}", "ann", which, at=n + 1) for n, which in enumerate(MILESTONES)),
        milestone("again", "ann", "matched", at=28),
        milestone("unmentioned", "ann", "another", at=1),
    )
    assert story.award("ann", "mentorloop-champion") == (instant(4), ["c0", "c1", "c2", "c3"])


def test_holds_is_true_since_the_latest_of_the_awards_it_asks_for() -> None:
    story = given(*_golden(range(3, 18)), quiz("q", "ann", at=4))
    assert story.award("ann", "momentum", "gold").at == instant(17)
    assert story.award("ann", "mentorloop-champion").at == instant(17)
    story = given(*_golden(range(3, 18)), quiz("q", "ann", at=25))
    assert story.award("ann", "mentorloop-champion").at == instant(25)


def test_any_of_is_true_since_the_earliest_way() -> None:
    both = given(
        *_golden(range(3, 18)),
        quiz("q", "ann", at=4),
        *(milestone(f"c{n}", "ann", which, at=20) for n, which in enumerate(MILESTONES)),
    )
    awards = both.award("ann", "mentorloop-champion")
    assert awards.at == instant(17)
    assert len(awards.evidence) == 4
    assert award_id("program", "loop", "ann", "momentum", "gold") in awards.evidence


def test_of_two_ways_at_one_instant_the_earlier_in_the_catalog_counts() -> None:
    tie = _tie()
    assert tie.award("ann", "mentorloop-champion") == (instant(17), ["c0", "c1", "c2", "c3"])


def _tie() -> Story:
    return given(
        *_golden(range(3, 18)),
        quiz("q", "ann", at=4),
        *(milestone(f"c{n}", "ann", which, at=17) for n, which in enumerate(MILESTONES)),
    )


def test_a_repeatable_badge_is_dated_by_its_fact() -> None:
    story = given(kudos("k", "ben", "ann", "trust", at=6))
    assert story.award("ann", "trust", "k") == (instant(6), ["k"])


def test_facts_of_one_instant_are_ordered_by_id_by_code_point() -> None:
    names = ["b", "a", "B", "\U0001f642", "\uff5e", "é"]
    story = given(*(meeting(name, "ann", at=1) for name in names))
    evidence = story.award("ann", "momentum", "bronze").evidence
    assert evidence == ["B", "a", "b", "é", "\uff5e"]


def test_facts_of_one_id_and_instant_are_ordered_by_loop_and_no_loop_comes_first() -> None:
    told = [quiz("q", "ann", at=1, loop_id=loop) for loop in ("b", "a")]
    story = given(*told)
    certified = [award for award in story.awards if award.badge == "mentorloop-certified"]
    assert [item.loop for award in certified for item in award.evidence] == ["a"]
    story = story.when(quiz("q", "ann", at=1))
    certified = [award for award in story.awards if award.badge == "mentorloop-certified"]
    assert [item.loop for award in certified for item in award.evidence] == [""]
