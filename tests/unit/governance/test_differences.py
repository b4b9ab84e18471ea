"""What took the ground of a decision away is named: what arrived late, and what was retracted."""

from engine.fact import Fact
from engine.store.facts.arrivals import Arrival
from events.instants import parse_instant
from governance.packs.differences import After, digest
from tests.unit.governance.reviewed import Arriving, differences, review, voice

LEE = Arriving(voice("lee"))
EARLIER = parse_instant("2026-02-01T09:00:00Z")
LATER = parse_instant("2026-04-01T09:00:00Z")


def three(*scores: float) -> list[Fact]:
    return [review(f"r-{n}", score) for n, score in enumerate(scores, start=1)]


def named(*told: Arriving) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(one.title, [(fact.how, fact.id) for fact in one.facts]) for one in differences(*told)]


def test_what_holds_differs_in_nothing() -> None:
    assert named(LEE, *map(Arriving, three(2.5, 2, 3))) == []


def test_a_review_that_was_retracted_is_named() -> None:
    one, two, three_ = three(2.5, 2, 3)
    assert named(LEE, Arriving(one), Arriving(two), Arriving(three_, retracted=True)) == [
        ("score", [("retracted", "r-3")])
    ]


def test_corrected_under_another_key_it_holds_again() -> None:
    one, two, three_ = three(2.5, 2, 3)
    again = Arriving(review("r-3b", 3), late=True)
    assert named(LEE, Arriving(one), Arriving(two), Arriving(three_, retracted=True), again) == []


def test_a_review_that_arrived_late_is_named() -> None:
    late = Arriving(review("r-4", 1.5, EARLIER), late=True)
    assert named(LEE, *map(Arriving, three(2.5, 2, 3)), late) == [("score", [("late", "r-4")])]


def test_what_happened_after_the_instant_is_not_named() -> None:
    later = [Arriving(review(f"r-{n}", 1, LATER), late=True) for n in range(4, 7)]
    assert named(LEE, *map(Arriving, three(2.5, 2, 3)), *later) == []


def test_a_fact_is_named_at_the_line_that_it_bears_on() -> None:
    gone = Arriving(voice("lee"), retracted=True)
    late = Arriving(review("r-4", 3), late=True)
    assert named(gone, *map(Arriving, three(2.5, 2, 3)), late) == [
        ("voices", [("retracted", "lee")])
    ]


def test_what_was_there_before_the_decision_is_not_named() -> None:
    assert named(LEE, *map(Arriving, three(2.5, 2, 2.5))) == [("score", [])]


def test_a_fact_that_came_late_and_went_again_is_not_named() -> None:
    both = Arriving(review("r-4", 1), late=True, retracted=True)
    assert named(LEE, *map(Arriving, three(2.5, 2, 3)), both) == []


def test_a_further_fact_makes_another_difference() -> None:
    late = [Arriving(review(f"r-{n}", 1.5, EARLIER), late=True) for n in (4, 5)]
    reviews = [LEE, *map(Arriving, three(2.5, 2, 3))]
    one, again, more = (digest(differences(*reviews, *some)) for some in (late[:1], late[:1], late))
    assert one == again
    assert one != more


def test_where_arrivals_cannot_be_compared_a_retraction_of_after_the_decision_is_late() -> None:
    after = After({3: 7}, since=parse_instant("2026-02-16T10:00:00Z"))
    assert [after.late(Arrival(3, n)) for n in (6, 7)] == [False, True]
    assert not after.late(Arrival(4, 100))
    assert after.retracted(Arrival(4, 0), LATER)
    assert not after.retracted(Arrival(4, 0), EARLIER)


def test_a_lane_that_came_into_being_later_is_late() -> None:
    assert After({3: 7}).late(Arrival(4, 0))
