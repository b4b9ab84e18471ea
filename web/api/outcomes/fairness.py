"""Fairness reports: how far groups of mentors come. They are published, and name nobody."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from web.api.asking import Known
from web.api.committee.asking import Heard
from web.http.request_metrics import denied
from web.views.outcomes import fairness_reading
from web.views.outcomes.fairness import FairnessShown

router = APIRouter(prefix="/v1/programs/{program}", tags=["committee"])

QuarterAsked = Annotated[
    str | None,
    Query(max_length=16, description="The quarter; the latest without one", examples=["2026-Q3"]),
]


@router.get("/fairness", operation_id="getFairness")
def report(
    request: Request, heard: Heard, known: Known, quarter: QuarterAsked = None
) -> FairnessShown:
    """The fairness report of a quarter, for who has to do with the program."""
    with heard.docket() as docket:
        view = fairness_reading.read(docket, quarter)
    if view is None:
        raise denied(request)
    return view
