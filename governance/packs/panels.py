"""The panels behind a pack: row means over whole panels, never what a single seat gave."""

from collections.abc import Iterable, Mapping

import msgspec

from engine.fact import Fact
from engine.queries.checklist import LEAST_SHOWN, for_the_eye
from engine.rules.aggregates.judgement import number_in
from engine.rules.millionths import MILLION
from events.instants import Instant
from events.schemas.review_submitted import ReviewSubmitted


class GroundPanel(msgspec.Struct, frozen=True):
    """The reviews of one panel together. `reviews`: their ids, which say nothing about who wrote
    them. `score` and `rows` are means for the eye; None and empty while there are too few reviews
    to show any."""

    panel_id: str
    rubric: str
    closed_at: Instant
    reviews: tuple[str, ...]
    score: str | None
    rows: tuple[tuple[str, str], ...]


def of_facts(facts: Iterable[Fact], person: str) -> tuple[GroundPanel, ...]:
    """The panels whose reviews of a person are among the facts, by the time they closed."""
    by_panel: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.type == ReviewSubmitted.TYPE and fact.data["participant_id"] == person:
            by_panel.setdefault(str(fact.data["panel_id"]), []).append(fact)
    panels = [_panel(name, reviews) for name, reviews in by_panel.items()]
    return tuple(sorted(panels, key=lambda panel: (panel.closed_at, panel.panel_id)))


def _panel(name: str, reviews: list[Fact]) -> GroundPanel:
    first = min(reviews, key=lambda review: review.order)
    rubric = f"{first.data['rubric']}/{first.data['rubric_version']}"
    closed = max(review.time for review in reviews)
    ids = tuple(sorted(review.id for review in reviews))
    if len(reviews) < LEAST_SHOWN:
        return GroundPanel(name, rubric, closed, ids, None, ())
    by_row: dict[str, list[int]] = {}
    for review in reviews:
        ratings = review.data.get("ratings")
        assert isinstance(ratings, Mapping)
        for row, rating in ratings.items():
            by_row.setdefault(row, []).append(rating)
    rows = tuple(
        (row, for_the_eye(sum(of) * MILLION, len(of))) for row, of in sorted(by_row.items())
    )
    total = sum(number_in(review, "score") for review in reviews)
    return GroundPanel(name, rubric, closed, ids, for_the_eye(total, len(reviews)), rows)
