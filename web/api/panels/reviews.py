"""Reviews that I am asked for: what there is to read, what I give, and handing one back.

A request to somebody else is not there.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from events.schemas.values import PrivateNarrative
from governance.panels import requests
from governance.panels.requests import WhyDeclined
from web.api.asking import Known
from web.api.committee.asking import AsReviewer, Hearing
from web.api.committee.cases import Words
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.problems import Fault, Problem, pointer
from web.views.panels import review_reading
from web.views.panels.reviews import ReviewShown, ReviewsShown

router = APIRouter(prefix="/v1/programs/{program}", tags=["panels"])

_BODY = ConfigDict(extra="forbid", frozen=True)
_Row = Annotated[str, Field(min_length=1, max_length=255)]
_Level = Annotated[int, Field(ge=0, le=4, strict=True)]


class ReviewGiven(BaseModel):
    """A review. `ratings`: exactly the rows of the rubric. `narrative`: the words; names of people
    of the program are left out where others read them."""

    model_config = _BODY

    ratings: dict[_Row, _Level] = Field(min_length=1, max_length=12)
    narrative: Words


class ReviewDeclined(BaseModel):
    """Why somebody else is to be asked. `words`: only auditors read them."""

    model_config = _BODY

    why: WhyDeclined
    words: PrivateNarrative | None = None


@router.get("/reviews", operation_id="getReviews")
def listed(heard: AsReviewer, known: Known) -> ReviewsShown:
    """What I am and was asked to review."""
    with heard.docket() as docket:
        return review_reading.listed(docket)


@router.get("/reviews/{request_id}", operation_id="getReview")
def one(request_id: PathId, heard: AsReviewer, known: Known) -> ReviewShown:
    """A request to me, with the dossier and what I gave."""
    with heard.docket() as docket:
        return review_reading.one(docket, request_id)


@router.put("/reviews/{request_id}", operation_id="putReview")
def give(
    request_id: PathId,
    heard: AsReviewer,
    known: Known,
    given: Annotated[ReviewGiven, Depends(json_body(ReviewGiven))],
) -> ReviewShown:
    """Give the review, or change it until the panel closes."""
    me = _own(heard)
    with heard.docket() as docket:
        asked = requests.one(docket.sitting, heard.program, request_id, me)
        rows = [] if asked.rubric is None else [row for row, _ in asked.rubric.rows]
        faults = [
            Fault(pointer("ratings", row), "must be rated")
            for row in rows
            if row not in given.ratings
        ]
        faults += [
            Fault(pointer("ratings", row), "is no row of the rubric")
            for row in given.ratings
            if row not in rows
        ]
        if faults:
            raise Problem.invalid(*faults)
        requests.give(docket.sitting, heard.program, request_id, me, given.ratings, given.narrative)
        return review_reading.one(docket, request_id)


@router.post("/reviews/{request_id}/decline", operation_id="declineReview", status_code=204)
def decline(
    request_id: PathId,
    heard: AsReviewer,
    known: Known,
    declined: Annotated[ReviewDeclined, Depends(json_body(ReviewDeclined))],
) -> None:
    """Let somebody else be asked. Done already: nothing happens."""
    with heard.sitting() as sitting:
        requests.decline(
            sitting, heard.program, request_id, _own(heard), declined.why, declined.words or ""
        )


def _own(heard: Hearing) -> str:
    assert heard.participant is not None, "a reviewer"
    return heard.participant
