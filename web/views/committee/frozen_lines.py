"""The lines of a frozen pack, as those of a checklist: who decides reads what the subject read."""

from collections.abc import Iterable, Iterator, Mapping

from engine.queries.checklist import LEAST_SHOWN
from engine.rules.calendar import Calendar
from events.schemas.review_submitted import ReviewSubmitted
from events.schemas.survey_submitted import SurveySubmitted
from governance.packs.ground import Ground
from governance.packs.lines import AWARD, PANEL, EvidenceRef, GroundLine
from governance.packs.panels import GroundPanel
from web.views import lines
from web.views.committee.desk import EvidenceOfLine
from web.views.fact_words import words_of
from web.views.line_facts import PanelOfLine, RowMean
from web.views.progress import Checklist


def checklist(calendar: Calendar, ground: Ground, stage: str, *, renewal: bool) -> Checklist:
    """What a matter asks for, as it was frozen. `stage`: its name, or that of the waiver."""
    reviews = {panel.panel_id: len(panel.reviews) for panel in ground.panels}

    def tells_one(line: GroundLine) -> bool:
        return _tells_one(line, reviews)

    listed = [lines.shown_unless(tells_one, calendar, line) for line in ground.lines]
    lacking = sum(not line.met for line in listed)
    return Checklist(stage=stage, renewal=renewal, met=not lacking, open=lacking, lines=listed)


def evidence(ground: Ground) -> dict[str, list[EvidenceOfLine]]:
    """What is behind each line that has something behind it, by the line's address."""
    return {
        line.key: [EvidenceOfLine(kind=_words(ref), id=ref.id) for ref in line.evidence]
        for line in _leaves(ground.lines)
        if line.evidence
    }


def panels(ground: Ground) -> list[PanelOfLine]:
    """The panels that reviewed the subject, each as a whole."""
    return [panel(one) for one in ground.panels]


def panel(frozen: GroundPanel) -> PanelOfLine:
    """A panel as a whole; how many reviewed, and not which reviews."""
    return PanelOfLine(
        closed_at=frozen.closed_at,
        reviews=len(frozen.reviews),
        score=frozen.score,
        rows=[RowMean(row=row, mean=mean) for row, mean in frozen.rows],
    )


def _leaves(frozen: Iterable[GroundLine]) -> Iterator[GroundLine]:
    for line in frozen:
        if line.parts:
            yield from _leaves(line.parts)
        else:
            yield line


def _words(ref: EvidenceRef) -> str:
    if ref.type == AWARD:
        return "a badge was awarded"
    return words_of(ReviewSubmitted.TYPE if ref.type == PANEL else ref.type)


def _tells_one(line: GroundLine, reviews: Mapping[str, int]) -> bool:
    """Whether a mean could give away what a single person wrote."""
    if line.aggregate != "mean":
        return False
    if line.event == SurveySubmitted.TYPE:
        return (line.sample or 0) < LEAST_SHOWN
    of_panels = [ref.id for ref in line.evidence if ref.type == PANEL]
    return any(reviews.get(panel_id, 0) < LEAST_SHOWN for panel_id in of_panels)
