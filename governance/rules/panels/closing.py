"""When a panel closes, and what is between: seats that stay silent, scores far apart. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

LEAST = 3
"""k: how many reviews there are at least in what is published of a panel."""

PanelStep = Literal["wait", "adjudicate", "close"]


@dataclass(frozen=True, slots=True)
class PanelNow:
    """Where a panel stands. `wanted`: how many reviews, an adjudicator's among them; `asked`: how
    many have not answered; `scores`: of those given; `late`: the days of the panel are over;
    `given_today`: the last of them came in on the present local day."""

    wanted: int
    asked: int
    scores: Sequence[Fraction]
    adjudicated: bool
    late: bool
    given_today: bool


def next_step(panel: PanelNow, spread: float) -> PanelStep:
    """What is next. A panel closes on a local day after its last review: until then that may be
    replaced, and so the closing names no hour at which somebody was at work. With seats that stay
    open it closes only when it is late, and never below three reviews."""
    given = len(panel.scores)
    is_full = given >= panel.wanted
    if panel.asked or given < LEAST or not (is_full or panel.late):
        return "wait"
    if is_full and not panel.adjudicated and is_wide(panel.scores, spread):
        return "adjudicate"
    return "wait" if panel.given_today else "close"


def is_wide(scores: Iterable[Fraction], spread: float) -> bool:
    """Whether scores are at least so far apart."""
    known = list(scores)
    return len(known) > 1 and max(known) - min(known) >= Fraction(str(spread))


def score(ratings: Mapping[str, int]) -> Fraction:
    """The mean of the rows of a review."""
    return Fraction(sum(ratings.values()), len(ratings))


def score_on_wire(ratings: Mapping[str, int]) -> float:
    """The same with six digits after the point."""
    return round(float(score(ratings)), 6)
