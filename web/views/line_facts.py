"""The facts behind a line of a checklist. Reviews of peers are shown a panel at a time."""

import re
from collections.abc import Mapping

from directory.names import DirectoryPerson
from engine.fact import Fact
from engine.projections.award import Award
from engine.queries.checklist import ChecklistLine, ReviewPanel
from engine.rules.number_text import number
from events.instants import Instant
from web.views import people
from web.views.cursors import BadCursor
from web.views.fact_words import words_of
from web.views.model import InstantText, View
from web.views.people import Person

_POSITION = re.compile("[1-9][0-9]{0,8}")


class FactOfLine(View):
    """A fact that counts. `id`: its natural key as the platform has it, or the id of an award;
    `kind`: what happened, in words; `details`: what the fact says of it. `learner`: whose work it
    is about, where that counts."""

    id: str
    kind: str
    at: InstantText
    details: list[str]
    learner: Person | None


class RowMean(View):
    """A row of a rubric, and the mean of a panel's ratings of it, as people read it."""

    row: str
    mean: str


class PanelOfLine(View):
    """A panel that reviewed, as a whole. `reviews`: how many count. `score`, `rows`: means over
    them; null and empty while there are too few to show any without showing a single review."""

    closed_at: InstantText
    reviews: int
    score: str | None
    rows: list[RowMean]


class FactsOfLine(View):
    """A page of what is behind a line, earliest first: facts, or panels where it is about reviews
    of peers. `total`: of how many; `next`: the `after` of the page behind it."""

    stage: str
    line: str
    title: str
    words: str
    as_of: InstantText
    total: int
    facts: list[FactOfLine]
    panels: list[PanelOfLine]
    next: str | None


def page(
    stage: str,
    line: ChecklistLine,
    as_of: Instant,
    known: Mapping[str, DirectoryPerson],
    after: str,
    limit: int,
) -> FactsOfLine:
    """At most `limit` of what is behind a line of a stage, behind `after`. `known`: the people of
    these facts. Raises BadCursor."""
    if after and not _POSITION.fullmatch(after):
        raise BadCursor
    begin = int(after or 0)
    end, total = begin + limit, len(line.evidence)
    here = line.evidence[begin:end]
    return FactsOfLine(
        stage=stage,
        line=line.key,
        title=line.title,
        words=line.words,
        as_of=as_of,
        total=total,
        facts=[_fact(item, known) for item in here if not isinstance(item, ReviewPanel)],
        panels=[_panel(item) for item in here if isinstance(item, ReviewPanel)],
        next=str(end) if end < total else None,
    )


def learners(line: ChecklistLine, participant: str) -> set[str]:
    """Of whom the facts behind a line are, apart from whose line it is."""
    of_facts = {_learner(item) for item in line.evidence if isinstance(item, Fact)}
    return {name for name in of_facts if name is not None and name != participant}


def _learner(fact: Fact) -> str | None:
    name = fact.data.get("learner_id")
    return name if isinstance(name, str) else None


def _fact(item: Fact | Award, known: Mapping[str, DirectoryPerson]) -> FactOfLine:
    if isinstance(item, Award):
        return FactOfLine(
            id=item.id, kind="a badge was awarded", at=item.time, details=[], learner=None
        )
    learner = known.get(_learner(item) or "")
    return FactOfLine(
        id=item.id,
        kind=words_of(item.type),
        at=item.time,
        details=_details(item),
        learner=None if learner is None else people.of(learner),
    )


def _panel(panel: ReviewPanel) -> PanelOfLine:
    return PanelOfLine(
        closed_at=panel.closed_at,
        reviews=panel.reviews,
        score=panel.score,
        rows=[RowMean(row=row, mean=mean) for row, mean in panel.rows or ()],
    )


def _details(fact: Fact) -> list[str]:
    """What a fact says that its line counts by: never what anybody wrote or rated in confidence."""
    texts = [_in_words(fact, field, words) for field, words in _DETAILS.get(fact.type, ())]
    return [text for text in texts if text]


def _in_words(fact: Fact, field: str, words: str) -> str:
    value = fact.data.get(field)
    if isinstance(value, str):
        return words.format(value.replace("_", " "))
    return words.format(number(value)) if isinstance(value, int | float) else ""


_DETAILS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "mentoring.portfolio.assessed.v1": (
        ("phase", "{}"),
        ("total", "{} of 24"),
        ("cohort_id", "{}"),
    ),
    "mentoring.checkpoint.closed.v1": (("result", "{}"), ("due_on", "due {}")),
    "mentoring.deliverable.accepted.v1": (("kind", "{}"), ("cohort_id", "{}")),
    "mentoring.testimonial.given.v1": (("source", "{}"),),
    "mentoring.contribution.made.v1": (("kind", "{}"),),
    "mentoring.stewardship.recorded.v1": (("kind", "{}"),),
    "mentoring.training.completed.v1": (("course_id", "{}"), ("credits", "{} credits")),
    "mentoring.decision.recorded.v1": (("outcome", "{}"),),
    "mentoring.reward.granted.v1": (("kind", "{}"),),
}
"""By type: which fields are shown, and how."""
