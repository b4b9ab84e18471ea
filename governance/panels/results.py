"""What a panel that has closed says of its subject: means, and what was written, never by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory import names
from engine.queries import arrivals
from engine.queries.checklist import for_the_eye
from engine.rules.millionths import MILLION
from events.schemas.review_submitted import ReviewSubmitted
from governance.committee import Sitting
from governance.panels import sealed
from governance.panels.sealed import SealedReview
from governance.rules.names_out import NamesOut
from governance.rules.panels import closing, showing
from governance.store import cases, panels
from governance.store.cases import Case
from governance.store.panels import Panel


@dataclass(frozen=True, slots=True)
class PanelResult:
    """A closed panel. `means`: by row, and `score`: of all, for the eye; empty and None if
    `withheld`, as too few reviews count or one was retracted. `histogram`: by row how often each
    level 0 to 4 was given, None below five reviews. `narratives`: in the order of a hash, with all
    names out; empty if withheld. `spread_stays`: the scores are far apart."""

    panel_id: str
    rubric: str
    closed_at: datetime
    reviews: int
    means: Mapping[str, str]
    score: str | None
    histogram: Mapping[str, tuple[int, ...]] | None
    narratives: tuple[str, ...]
    spread_stays: bool
    withheld: bool


def results_of(sitting: Sitting, case: Case) -> list[PanelResult]:
    """The closed panels of a case, in the order they were drawn. Means are always over a whole
    panel: of one with a retracted review nothing is shown, so that no two views differ
    by one review."""
    closed = [each for each in panels.of_cases(sitting.tx, [case.case_id]) if each.closed_at]
    closed = [each for each in closed if each.state == "closed"]
    if not closed or case.wrapped_key is None:
        return []
    out = names_out(sitting, case.program)
    broken = _with_retracted(sitting, case)
    return [_result(sitting, case, panel, out, panel.panel_id in broken) for panel in closed]


def about(sitting: Sitting, program: str, subject: str) -> list[PanelResult]:
    """The closed panels of all cases of somebody, the earliest first."""
    every = [
        result
        for case in cases.of_subject(sitting.tx, program, subject)
        for result in results_of(sitting, case)
    ]
    return sorted(every, key=lambda result: (result.closed_at, result.panel_id))


def names_out(sitting: Sitting, program: str) -> NamesOut:
    """What leaves the names of all people of a program out of a text."""
    return NamesOut(names.spoken(sitting.tx, program))


def _result(
    sitting: Sitting, case: Case, panel: Panel, out: NamesOut, is_broken: bool
) -> PanelResult:
    key = sealed.key_of(sitting, case)
    given = [
        sealed.review_of(key, seat)
        for seat in panels.seats_of(sitting.tx, [panel.panel_id])
        if seat.state == "closed"
    ]
    reviews = [review for review in given if review is not None]
    assert panel.closed_at is not None, "a closed panel has a closing"
    withheld = is_broken or not showing.is_shown(len(reviews))
    ratings = [] if withheld else [review.ratings for review in reviews]
    texts = [] if withheld else [out.of(review.narrative) for review in reviews]
    return PanelResult(
        panel.panel_id,
        f"{panel.rubric}/{panel.rubric_version}",
        panel.closed_at,
        len(reviews),
        {row: _mean(given) for row, given in showing.rows_of(ratings).items()},
        None if withheld else _score(reviews),
        showing.histogram(ratings),
        showing.in_hash_order(panel.panel_id, texts),
        panel.spread_stays,
        withheld,
    )


def _mean(given: Sequence[int]) -> str:
    return for_the_eye(sum(given) * MILLION, len(given))


def _score(reviews: Sequence[SealedReview]) -> str:
    total = sum(closing.score(review.ratings) for review in reviews)
    return for_the_eye(round(total * MILLION), len(reviews))


def _with_retracted(sitting: Sitting, case: Case) -> frozenset[str]:
    """The panels from which a review was retracted."""
    return frozenset(
        str(fact.data["panel_id"])
        for fact, _, retraction in arrivals.of_person(sitting.engine, case.program, case.subject)
        if retraction is not None and fact.type == ReviewSubmitted.TYPE
    )
