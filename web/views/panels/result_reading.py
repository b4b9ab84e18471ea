"""Reads what the closed panels of a case say, as somebody may see it."""

from events.instants import from_datetime
from governance.panels import results
from governance.panels.results import PanelResult
from governance.store.cases import Case
from web.policy.committee_access import CaseViewer
from web.views.committee.docket import Docket
from web.views.line_facts import RowMean
from web.views.panels.results import HistogramRow, PanelResultShown


def of_case(docket: Docket, case: Case, viewer: CaseViewer | None) -> list[PanelResultShown]:
    """What the closed panels of a case say. `viewer`: None for who decides about it; coordinators
    do not read what was written."""
    words = viewer != "coordinator"
    return [result(one, words=words) for one in results.results_of(docket.sitting, case)]


def result(one: PanelResult, *, words: bool) -> PanelResultShown:
    """What a closed panel says. `words`: with narratives."""
    name, _, version = one.rubric.rpartition("/")
    histogram = one.histogram
    return PanelResultShown(
        rubric=name,
        version=int(version),
        closed_at=from_datetime(one.closed_at),
        reviews=one.reviews,
        score=one.score,
        rows=[RowMean(row=row, mean=mean) for row, mean in one.means.items()],
        histogram=None
        if histogram is None
        else [HistogramRow(row=row, counts=[*counts]) for row, counts in histogram.items()],
        narratives=[*one.narratives] if words else [],
        spread_stays=one.spread_stays,
        withheld=one.withheld,
    )
