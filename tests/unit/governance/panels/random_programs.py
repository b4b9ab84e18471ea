"""Random draws of panels, and a naive reading of what must hold of any."""

import itertools
import random
from collections.abc import Iterator, Mapping

from governance.rules.panels.problem import (
    Drawn,
    DrawProblem,
    PanelWanted,
    SeatDrawn,
    cost_of,
)


def random_problem(
    seed: int, *, everybody: bool = False, most_cases: int = 8, most_reviewers: int = 14
) -> DrawProblem:
    """A draw. `everybody`: all may review all, and nobody has reviewed in this quarter."""
    rng = random.Random(seed)
    reviewers = [f"r{number:02}" for number in range(rng.randint(0, most_reviewers))]
    load = {} if everybody else {who: rng.randint(0, 3) for who in reviewers if rng.random() < 0.5}
    panels = []
    for case in range(rng.randint(1, most_cases)):
        share = 1.0 if everybody else rng.random()
        candidates = {
            who: everybody or rng.random() < 0.5 for who in reviewers if rng.random() < share
        }
        for number in range(1 if everybody else rng.choice((1, 1, 2))):
            seats = 3 if everybody else rng.choice((1, 3, 3, 4))
            panels.append(
                PanelWanted(f"p{case}.{number}", f"c{case}", seats, min(1, seats - 1), candidates)
            )
    return DrawProblem(f"seed-{seed}", 3, tuple(panels), load)


def faults_of(problem: DrawProblem, drawn: Drawn) -> Iterator[str]:
    """What a draw has against the rules, by a plain reading of them."""
    by_panel = {each.panel: each for each in problem.panels}
    sat: dict[tuple[str, str], int] = {}
    number: dict[str, int] = {}
    for seat in drawn.seats:
        panel = by_panel[seat.panel]
        if seat.reviewer not in panel.candidates:
            yield f"{seat.reviewer} may not sit on {seat.panel}"
        elif seat.place == "outsider" and not panel.candidates[seat.reviewer]:
            yield f"{seat.reviewer} shares a cohort and has the seat of an outsider"
        at_case = (panel.case, seat.reviewer)
        sat[at_case] = sat.get(at_case, 0) + 1
        number[seat.reviewer] = number.get(seat.reviewer, 0) + 1
    if any(times > 1 for times in sat.values()):
        yield "somebody reviews a case twice"
    for who, times in number.items():
        if problem.load.get(who, 0) + times > problem.cap:
            yield f"{who} reviews more than the cap"
    for panel in problem.panels:
        for place, wanted in (
            ("outsider", panel.outsiders),
            ("other", panel.seats - panel.outsiders),
        ):
            filled = sum(s.panel == panel.panel and s.place == place for s in drawn.seats)
            lacking = sum(
                o.number for o in drawn.open if o.panel == panel.panel and o.place == place
            )
            if filled + lacking != wanted:
                yield f"{panel.panel} has {filled} and lacks {lacking} of {wanted} {place}"
    if drawn.cost != cost_of(problem, drawn.seats):
        yield "the cost is another"


def best_by_trying(problem: DrawProblem) -> tuple[int, int]:
    """The fewest open seats, and the least cost with that many, by trying everything."""
    slots = [
        (panel, place)
        for panel in problem.panels
        for place in ["outsider"] * panel.outsiders + ["other"] * (panel.seats - panel.outsiders)
    ]
    choices = [
        [None] + [who for who, out in sorted(panel.candidates.items()) if out or place == "other"]
        for panel, place in slots
    ]
    best: tuple[int, int] | None = None
    for picked in itertools.product(*choices):
        seats = [
            SeatDrawn(panel.panel, place, who)  # type: ignore[arg-type]
            for (panel, place), who in zip(slots, picked, strict=True)
            if who is not None
        ]
        if not _fits(problem, seats):
            continue
        value = (len(slots) - len(seats), cost_of(problem, seats))
        best = value if best is None else min(best, value)
    assert best is not None
    return best


def shuffled(problem: DrawProblem, seed: int) -> DrawProblem:
    """The same draw in another order."""
    rng = random.Random(seed)

    def other_order(of: Mapping[str, object]) -> dict[str, object]:
        items = list(of.items())
        rng.shuffle(items)
        return dict(items)

    panels = [
        PanelWanted(each.panel, each.case, each.seats, each.outsiders,
                    other_order(each.candidates))  # type: ignore[arg-type]
        for each in problem.panels
    ]  # fmt: skip
    rng.shuffle(panels)
    return DrawProblem(
        problem.seed,
        problem.cap,
        tuple(panels),
        other_order(problem.load),  # type: ignore[arg-type]
    )


def _fits(problem: DrawProblem, seats: list[SeatDrawn]) -> bool:
    case_of = {each.panel: each.case for each in problem.panels}
    at_cases = [(case_of[seat.panel], seat.reviewer) for seat in seats]
    if len(set(at_cases)) < len(at_cases):
        return False
    number = {seat.reviewer: 0 for seat in seats}
    for seat in seats:
        number[seat.reviewer] += 1
    return all(problem.load.get(who, 0) + times <= problem.cap for who, times in number.items())
