"""What is looked at of panels: D1 nobody sits who may not, and loads are spread · D2 a draw that
does not hold shows · D3 no panel closes below three reviews, or open · D4 stewardship names nobody
who can be tied to a panel · D5 what is shown is of whole panels.
"""

from collections.abc import Iterator
from fractions import Fraction

from governance.rules.panels import closing, flow, needs, paths, showing, stewardship
from governance.rules.panels.closing import PanelNow
from governance.rules.panels.problem import (
    DrawProblem,
    PanelWanted,
    SeatDrawn,
    cost_of,
    draw,
    without_reciprocity,
)
from governance.rules.seeds import seed_of
from tests.unit.governance.panels.random_programs import faults_of, random_problem, shuffled
from tests.verification.checker.verdict import Violation

SCENARIO = "panels"
_PROGRAMS = 60
_SMALL = DrawProblem(
    "seed", 3, (PanelWanted("p", "c", 3, 1, {"a": True, "b": True, "d": False, "e": False}),)
)
_FULL = PanelNow(3, 0, [Fraction(3)] * 3, adjudicated=False, late=False, given_today=False)
_WIDE = PanelNow(
    3, 0, [Fraction(3), Fraction(3), Fraction(1)], adjudicated=False, late=False, given_today=False
)


def violations() -> list[Violation]:
    """What is wrong; nothing without a defect."""
    checks = {"D1": _drawn, "D2": _seeds, "D3": _closings, "D4": _named, "D5": _shown}
    return [Violation(name, text) for name, check in checks.items() for text in check()]


def _drawn() -> Iterator[str]:
    for number in range(_PROGRAMS):
        problem = random_problem(number)
        drawn = draw(problem, flow.solve)
        yield from faults_of(problem, drawn)
        if draw(shuffled(problem, number), flow.solve) != drawn:
            yield f"program {number} is drawn otherwise in another order"
        other = draw(problem, paths.solve)
        if (other.lacking, other.cost) != (drawn.lacking, drawn.cost):
            yield f"program {number} costs otherwise by paths"
        fair = random_problem(number, everybody=True)
        sat = [seat.reviewer for seat in draw(fair, flow.solve).seats]
        loads = [sat.count(who) for who in fair.panels[0].candidates]
        if draw(fair, flow.solve).lacking == 0 and max(loads) - min(loads) > 1:
            yield f"program {number} loads some by more than one above others"
    allowed = without_reciprocity("seed", {"c1": "a", "c2": "b"}, {"c1": ["b"], "c2": ["a"]})
    if len([case for case, people in allowed.items() if people]) != 1:
        yield "two subjects of one draw review each other"


def _seeds() -> Iterator[str]:
    if len({seed_of("a", "w"), seed_of("b", "w"), seed_of("a", "v"), seed_of("a", "w", ["x"])}) < 4:
        yield "another head, week or beacon has the same seed"
    seats = [SeatDrawn("p", "outsider", "a"), SeatDrawn("p", "other", "d")]
    moved = [SeatDrawn("p", "other", "a"), SeatDrawn("p", "other", "d")]
    if cost_of(_SMALL, moved) - cost_of(_SMALL, seats) != 10_000_000:
        yield "the seat of an outsider is worth otherwise"


def _closings() -> Iterator[str]:
    if closing.next_step(_FULL, 2.0) != "close":
        yield "a full panel does not close"
    if closing.next_step(_WIDE, 2.0) != "adjudicate":
        yield "scores two apart bring no adjudicator"
    two = PanelNow(3, 0, _FULL.scores[:2], adjudicated=False, late=True, given_today=False)
    if closing.next_step(two, 2.0) != "wait":
        yield "two reviews are published"
    waiting = PanelNow(3, 1, _FULL.scores, adjudicated=False, late=True, given_today=False)
    if closing.next_step(waiting, 2.0) != "wait":
        yield "somebody who was asked is not waited for"
    today = PanelNow(3, 0, _FULL.scores, adjudicated=False, late=False, given_today=True)
    if closing.next_step(today, 2.0) != "wait":
        yield "the closing says when somebody was at work"
    if needs.MOST_AT_ONCE < 1:
        yield "no case gets a panel"


def _named() -> Iterator[str]:
    apart = [frozenset(f"{number}{who}" for who in "abc") for number in range(5)]
    if stewardship.due(apart[:3]):
        yield "three panels are published"
    if stewardship.due(apart) != (0, 1, 2, 3, 4):
        yield "five panels with nobody in common are not published"
    crossed = [*apart[:3], frozenset({"0a", "x", "y"})]
    if stewardship.due(crossed):
        yield "four panels that share somebody are published"
    if stewardship.due([*apart[:4], frozenset({"0a", "x", "y"})]) != (0, 1, 2, 3):
        yield "somebody is named twice at once"


def _shown() -> Iterator[str]:
    reviews = [{"row": level} for level in (0, 1, 2, 3)]
    if showing.histogram(reviews) is not None:
        yield "a histogram of four reviews is shown"
    if showing.is_shown(2) or not showing.is_shown(3):
        yield "means of two reviews are shown"
    texts = [f"text {number}" for number in range(6)]
    if showing.in_hash_order("p", texts) != showing.in_hash_order("p", texts[::-1]):
        yield "narratives come in the order they were given"
