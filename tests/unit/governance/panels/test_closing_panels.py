"""When a panel closes, and what of it is shown."""

from dataclasses import replace
from fractions import Fraction

import pytest

from governance.rules.panels import closing, showing
from governance.rules.panels.closing import PanelNow

THREE = [Fraction(3), Fraction(3), Fraction(2)]
FULL = PanelNow(3, 0, THREE, adjudicated=False, late=False, given_today=False)


def test_a_panel_closes_on_a_day_after_its_last_review() -> None:
    assert closing.next_step(FULL, 2.0) == "close"
    assert closing.next_step(replace(FULL, given_today=True), 2.0) == "wait"


def test_it_waits_for_who_has_not_answered() -> None:
    assert closing.next_step(replace(FULL, asked=1), 2.0) == "wait"
    assert closing.next_step(replace(FULL, asked=1, late=True), 2.0) == "wait"


def test_seats_that_stay_open_hold_it_until_it_is_late() -> None:
    four = replace(FULL, wanted=4)
    assert closing.next_step(four, 2.0) == "wait"
    assert closing.next_step(replace(four, late=True), 2.0) == "close"


def test_it_never_closes_below_three_reviews() -> None:
    for given in range(3):
        panel = replace(FULL, wanted=given, scores=THREE[:given], late=True)
        assert closing.next_step(panel, 2.0) == "wait"


@pytest.mark.parametrize(
    ("low", "step"), [(Fraction(1), "adjudicate"), (Fraction(1_000_001, 1_000_000), "close")]
)
def test_scores_two_apart_bring_an_adjudicator_and_a_little_less_do_not(
    low: Fraction, step: str
) -> None:
    wide = replace(FULL, scores=[Fraction(3), Fraction(3), low])
    assert closing.next_step(wide, 2.0) == step


def test_there_is_one_adjudicator_at_most() -> None:
    scores = [*THREE[:2], Fraction(0), Fraction(0)]
    after = PanelNow(4, 0, scores, adjudicated=True, late=False, given_today=False)
    assert closing.next_step(after, 2.0) == "close"
    assert closing.is_wide(after.scores, 2.0)


def test_the_score_is_the_mean_of_the_rows() -> None:
    ratings = {"communication": 3, "honesty": 4, "listening": 3}
    assert closing.score(ratings) == Fraction(10, 3)
    assert closing.score_on_wire(ratings) == 3.333333


def test_a_histogram_needs_five_reviews() -> None:
    reviews = [{"communication": level} for level in (4, 4, 0, 2)]
    assert showing.histogram(reviews) is None
    assert showing.histogram([*reviews, {"communication": 2}]) == {"communication": (1, 0, 2, 0, 2)}


def test_narratives_come_in_an_order_that_their_own_says_nothing_of() -> None:
    texts = [f"text {number}" for number in range(8)]
    assert showing.in_hash_order("p", texts) == showing.in_hash_order("p", reversed(texts))
    assert showing.in_hash_order("p", texts) != tuple(texts)
    assert not showing.is_shown(2)
    assert showing.is_shown(3)
