"""The fairness report of a program, and what somebody declares for it."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.fairness import answering, declaring
from web.api.asking import Known, PeoplePool
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages.committee import asking
from web.pages.committee.asking import ChairPage, Done, OwnPage, PageHeard, Written
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import fairness as texts
from web.views.outcomes import fairness_reading

router = APIRouter(include_in_schema=False)

QuarterShown = Annotated[str | None, Query(max_length=16)]
_Named = Annotated[str, Form(max_length=255)]
_Chosen = Annotated[Sequence[Annotated[str, Field(max_length=255)]], Form(max_length=50)]


@router.get("/p/{program}/fairness")
def report(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    quarter: QuarterShown = None,
    done: Done = "",
) -> HTMLResponse:
    """The report of a quarter, or the latest."""
    with heard.docket() as docket:
        view = fairness_reading.read(docket, quarter)
        may_answer = docket.standing.chairs
    if view is None:
        raise denied(request)
    framed = asking.framed(request, pool, heard, "fairness")
    text = render(
        "outcomes/fairness.html",
        framed.layout,
        part=is_part(request),
        view=view,
        may_answer=may_answer,
        done=texts.DONE.get(done, ""),
    )
    return HTMLResponse(text)


@router.post("/p/{program}/fairness/answers")
def answer(
    program: PathId,
    heard: ChairPage,
    quarter: _Named = "",
    dimension: _Named = "",
    group: _Named = "",
    step: _Named = "",
    words: Written = "",
) -> Response:
    """Answer a share that is flagged red, for the minutes."""
    done = "answered"
    try:
        with heard.sitting() as sitting:
            share = (dimension, group, step)
            chair, text = asking.own(heard), asking.words(words) or ""
            answering.answer(sitting, program, chair, quarter, share, text)
    except Problem:
        done = "unanswered"
    return RedirectResponse(in_program(program, "fairness", done=done), 303)


@router.get("/p/{program}/fairness/mine")
def mine(
    request: Request,
    program: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """What somebody declares of themselves."""
    with heard.docket() as docket:
        groups = fairness_reading.own(docket, asking.own(heard))
    framed = asking.framed(request, pool, heard, "fairness")
    text = render(
        "outcomes/own_groups.html",
        framed.layout,
        part=is_part(request),
        groups=groups,
        done=texts.DONE.get(done, ""),
    )
    return HTMLResponse(text)


@router.post("/p/{program}/fairness/mine")
def declare(program: PathId, heard: OwnPage, groups: _Chosen = ()) -> Response:
    """Declare these groups, each as DIMENSION:GROUP; none of it after the colon takes one back."""
    chosen = dict(each.split(":", 1) for each in groups if ":" in each)
    try:
        with heard.sitting() as sitting:
            declared = {name: group or None for name, group in chosen.items()}
            declaring.declare(sitting, program, asking.own(heard), declared)
    except Problem:
        return RedirectResponse(in_program(program, "fairness", "mine", done="unknown"), 303)
    return RedirectResponse(in_program(program, "fairness", "mine", done="declared"), 303)
