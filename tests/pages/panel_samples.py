"""What closed panels say, as views give it."""

from engine.catalog.loader import find
from tests.pages.samples import at
from web.views.line_facts import RowMean
from web.views.panels.results import HistogramRow, PanelResultShown

_RUBRICS = {rubric.key: rubric for rubric in find("recognition").policy.rubrics}
_WORDS = "Feedback comes in rounds and is about the work. Hand the second round over earlier."


def result(rubric: str = "practice", reviews: int = 3, **more: object) -> PanelResultShown:
    rows = [row for row, _ in _RUBRICS[f"{rubric}/1"].rows]
    fields: dict[str, object] = {
        "rubric": rubric, "version": 1, "closed_at": at("2026-05-20"), "reviews": reviews,
        "score": "3.17", "rows": [RowMean(row=row, mean="3.17") for row in rows],
        "histogram": [HistogramRow(row=row, counts=[0, 0, 1, 3, 1]) for row in rows]
        if reviews > 4 else None,
        "narratives": [_WORDS, "A plan that changed with the learner."],
        "spread_stays": False, "withheld": False,
    }  # fmt: skip
    return PanelResultShown.model_validate(fields | more)


RESULTS = [
    result(),
    result("practical", 5, spread_stays=True),
    result("practical", 2, score=None, rows=[], narratives=[], withheld=True),
]
"""What panels said: one of three, one of five, and one that says nothing any more."""
