"""Reviews for the eye: what is asked, the months of a dossier, the rows that are rated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from web.rendering import charts, wording
from web.rendering.charts import ChartBar, ChartPart
from web.rendering.overview import Chart
from web.rendering.texts import reviews as texts
from web.views.panels.reviews import (
    AssessmentRead,
    CheckpointRead,
    DossierShown,
    LearnerRead,
    ReviewLine,
    ReviewShown,
    WorkOfKind,
)


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """What stands in the form. `ratings`: as they were sent, by row. What is wrong, "" for nothing:
    `faults`, by row; `narrative_fault`; `why_fault`, with handing it back; `refused`, why nothing
    was kept."""

    ratings: Mapping[str, str] = field(default_factory=dict)
    narrative: str = field(default="", repr=False)
    faults: Mapping[str, str] = field(default_factory=dict)
    narrative_fault: str = ""
    why_fault: str = ""
    refused: str = ""

    @property
    def wrong(self) -> bool:
        """Whether anything is."""
        return bool(self.faults or self.narrative_fault or self.why_fault or self.refused)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A request in the list. `left`: how far away its last day is."""

    line: ReviewLine
    title: str
    state: str
    left: str
    button: str


@dataclass(frozen=True, slots=True)
class LearnerCards:
    """A learner in a dossier. `sentences`: what happened, in words; `heads`, `rows`: a table of
    assessments, each row with its ratings from the first to the last."""

    title: str
    sentences: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReviewCards:
    """The page of a review. `heading`, `sentence`: where it stands."""

    title: str
    heading: str
    sentence: str
    left: str
    chart: Chart | None
    work: str
    learners: tuple[LearnerCards, ...]


def row(line: ReviewLine) -> ReviewRow:
    """A request in the list."""
    state = texts.OVERDUE if line.state == "asked" and line.overdue else texts.STATES[line.state]
    asked = line.state in ("asked", "given")
    button = texts.CHANGE_BUTTON if line.state == "given" else texts.REVIEW_BUTTON
    return ReviewRow(line, title(line), state, left(line), button if asked else "")


def title(line: ReviewLine) -> str:
    """What a review is called."""
    return texts.REVIEW_OF.format(rubric=wording.sentence(line.rubric))


def left(line: ReviewLine) -> str:
    """How far away the last day is: "12 days left", "3 days late"; "" where nothing is asked."""
    if line.days_left is None or line.state != "asked":
        return ""
    if line.days_left < 0:
        return wording.counted(-line.days_left, texts.DAYS_LATE)
    return wording.counted(line.days_left, texts.DAYS_LEFT) if line.days_left else texts.LAST_DAY


def cards(review: ReviewShown) -> ReviewCards:
    """The page of a review."""
    heading, sentence = texts.NOW[review.state]
    dossier = review.dossier
    return ReviewCards(
        title=title(review),
        heading=heading,
        sentence=sentence,
        left=left(review),
        chart=None if dossier is None else _months(dossier),
        work="" if dossier is None else _work(dossier.work),
        learners=() if dossier is None else tuple(map(_learner, dossier.learners)),
    )


def filled(review: ReviewShown) -> ReviewForm:
    """The form as it begins: empty, or with what was given."""
    given = review.ratings or {}
    return ReviewForm({row: str(rating) for row, rating in given.items()}, review.narrative or "")


def _months(dossier: DossierShown) -> Chart:
    items = [
        ChartBar(
            wording.month_short(one.month)[:3],
            (ChartPart(texts.MEETINGS_TITLE, "bar", one.meetings),),
            str(one.meetings),
        )
        for one in dossier.months
    ]
    return Chart(
        "meetings",
        texts.MEETINGS_TITLE,
        wording.counted(dossier.meetings, texts.MEETINGS),
        charts.columns(items),
        (),
        (texts.MONTH, texts.MEETINGS_TITLE),
        tuple((wording.month_named(one.month), str(one.meetings)) for one in dossier.months),
        empty=not dossier.meetings,
    )


def _learner(learner: LearnerRead) -> LearnerCards:
    sentences = [wording.counted(learner.meetings, texts.MEETINGS)]
    if learner.work:
        sentences.append(_work(learner.work))
    sentences += _checkpoints(learner.checkpoints)
    return LearnerCards(
        texts.LEARNER.format(n=learner.number),
        tuple(sentences),
        *_assessments(learner.assessments),
    )


def _work(work: Iterable[WorkOfKind]) -> str:
    counted = [wording.counted(one.number, texts.WORK[one.kind]) for one in work]
    return wording.sentence(", ".join(counted)) if counted else texts.NO_WORK


def _checkpoints(checkpoints: Sequence[CheckpointRead]) -> Iterable[str]:
    if not checkpoints:
        return
    in_time = sum(one.result == "on_time" for one in checkpoints)
    yield wording.counted(len(checkpoints), texts.CHECKPOINTS, in_time=in_time)
    for one in checkpoints:
        if one.result != "on_time":
            yield texts.MISSED[one.result].format(
                month=wording.month_named(one.month), why=texts.CAUSES[one.cause]
            )


def _assessments(
    assessments: Sequence[AssessmentRead],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    if not assessments:
        return (), ()
    heads = (
        texts.ROW,
        *(
            texts.ASSESSED.format(
                phase=wording.sentence(one.phase), month=wording.month_short(one.month)
            )
            for one in assessments
        ),
    )
    rows = [
        (wording.sentence(row), *(str(one.rows[row]) for one in assessments))
        for row in assessments[0].rows
    ]
    total = (texts.TOTAL, *(str(one.total) for one in assessments))
    return heads, (*rows, total)
