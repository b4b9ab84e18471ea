"""Who is drawn for panels: nobody in conflict, work spread, and the same for the same seed."""

from dataclasses import replace

import pytest

from governance.rules.panels import flow, paths
from governance.rules.panels.problem import (
    DrawProblem,
    PanelWanted,
    SeatsOpen,
    Solver,
    draw,
    without_reciprocity,
)
from tests.unit.governance.panels.random_programs import (
    best_by_trying,
    faults_of,
    random_problem,
    shuffled,
)

PROGRAMS = 1000
EVERYBODY = dict.fromkeys(("ada", "ben", "cleo", "dora"), True)


def test_in_a_thousand_random_programs_every_seat_is_by_the_rules() -> None:
    for seed in range(PROGRAMS):
        problem = random_problem(seed)
        assert list(faults_of(problem, draw(problem, flow.solve))) == [], seed


def test_loads_are_within_one_of_each_other_where_everybody_may_review_everything() -> None:
    for seed in range(PROGRAMS // 4):
        problem = random_problem(seed, everybody=True)
        drawn = draw(problem, flow.solve)
        if drawn.lacking:
            continue
        sat = [seat.reviewer for seat in drawn.seats]
        loads = [sat.count(who) for who in problem.panels[0].candidates]
        assert max(loads) - min(loads) <= 1, seed


@pytest.mark.parametrize("seed", range(100))
def test_the_order_of_panels_candidates_and_loads_changes_nothing(seed: int) -> None:
    problem = random_problem(seed)
    drawn = draw(problem, flow.solve)
    assert draw(shuffled(problem, seed), flow.solve) == drawn


def test_both_solvers_fill_as_many_seats_at_the_same_cost() -> None:
    for seed in range(150):
        problem = random_problem(seed)
        by_flow, by_paths = draw(problem, flow.solve), draw(problem, paths.solve)
        assert (by_flow.lacking, by_flow.cost) == (by_paths.lacking, by_paths.cost), seed
        assert list(faults_of(problem, by_paths)) == [], seed


@pytest.mark.parametrize("solve", [flow.solve, paths.solve])
def test_no_other_draw_is_better_by_trying_all(solve: Solver) -> None:
    for seed in range(60):
        problem = random_problem(seed, most_cases=2, most_reviewers=4)
        if sum(each.seats for each in problem.panels) > 6:
            continue
        drawn = draw(problem, solve)
        assert (drawn.lacking, drawn.cost) == best_by_trying(problem), seed


def test_another_seed_draws_others() -> None:
    people = {f"r{number:02}": True for number in range(14)}
    problem = DrawProblem("a", 3, (PanelWanted("p", "c", 3, 1, people),))
    drawn = {
        tuple(draw(replace(problem, seed=seed), flow.solve).reviewers("p"))
        for seed in "abcdefghijklmnop"
    }
    assert len(drawn) > 8


def test_who_has_reviewed_most_is_drawn_last() -> None:
    problem = DrawProblem(
        "seed", 3, (PanelWanted("p", "c", 3, 1, EVERYBODY),), {"ada": 2, "ben": 1}
    )
    assert sorted(draw(problem, flow.solve).reviewers("p")) == ["ben", "cleo", "dora"]


def test_without_an_outsider_that_seat_stays_open() -> None:
    inside = dict.fromkeys(EVERYBODY, False)
    drawn = draw(DrawProblem("seed", 3, (PanelWanted("p", "c", 3, 1, inside),)), flow.solve)
    assert drawn.open == (SeatsOpen("p", "outsider", 1),)
    assert len(drawn.seats) == 2


def test_with_nobody_eligible_all_seats_are_named_as_open() -> None:
    drawn = draw(DrawProblem("seed", 3, (PanelWanted("p", "c", 3, 1, {}),)), flow.solve)
    assert drawn.open == (SeatsOpen("p", "other", 2), SeatsOpen("p", "outsider", 1))
    assert (drawn.seats, drawn.cost) == ((), 0)


def test_nobody_gets_a_review_above_the_cap() -> None:
    problem = DrawProblem(
        "seed", 3, (PanelWanted("p", "c", 3, 0, EVERYBODY),), dict.fromkeys(EVERYBODY, 3)
    )
    assert draw(problem, flow.solve).lacking == 3


def test_of_two_subjects_of_one_draw_only_one_reviews_the_other() -> None:
    subjects = {"c1": "ada", "c2": "ben", "c3": "ada"}
    eligible = {"c1": ["ben", "cleo"], "c2": ["ada", "cleo"], "c3": ["ben"]}
    kept = set()
    for seed in "abcdefgh":
        allowed = without_reciprocity(seed, subjects, eligible)
        forth = "ada" in allowed["c2"]
        back = "ben" in allowed["c1"] or "ben" in allowed["c3"]
        assert forth != back
        assert {"cleo"} <= allowed["c1"] & allowed["c2"]
        kept.add(forth)
    assert kept == {True, False}
