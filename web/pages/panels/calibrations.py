"""Calibrations: what waits for one's ratings, how far raters agree, and opening and closing one."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.calibration import holding, rating
from governance.store.calibrations import Asks
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import CoordinatingPage, Done, PageHeard, ReviewerPage
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering import calibrations
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import calibrations as texts
from web.views.panels import anchor_reading, calibration_reading
from web.views.panels.calibrations import CalibrationShown, RowAgreed

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/calibrations"
_REFUSED = ("already-open", "not-allowed", "not-in-state")


@router.get(_PAGE)
def of_program(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """The calibrations of a program, as far as who looks may know."""
    return HTMLResponse(_page(request, pool, heard, done=texts.DONE.get(done, "")))


@router.post(_PAGE)
def open_(
    request: Request,
    program: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    rubric: Annotated[str, Form(max_length=255)] = "",
    asks: Annotated[str, Form(max_length=20)] = "everybody",
) -> Response:
    """Open a calibration of a rubric."""
    whom: Asks = "coached" if asks == "coached" else "everybody"
    try:
        with heard.sitting() as sitting:
            holding.open_(sitting, program, rubric, heard.principal.subject, whom)
    except Problem as problem:
        if problem.kind not in (*_REFUSED, "invalid"):
            raise
        fault = problem.sentence or texts.NO_RUBRIC
        return HTMLResponse(_page(request, pool, heard, fault=fault), problem.status)
    return _done(program, "opened")


@router.get(f"{_PAGE}/{{calibration_id}}")
def begin(
    request: Request, program: PathId, calibration_id: PathId, heard: ReviewerPage, known: Known
) -> Response:
    """Lead a rater to the first anchor that they have not rated, or to the first of all."""
    with heard.sitting() as sitting:
        sheet = rating.sheet(sitting, program, calibration_id, asking.own(heard))
    number = anchor_reading.next_number(sheet) or 1
    return RedirectResponse(
        in_program(program, "calibrations", calibration_id, "anchors", str(number)), 303
    )


@router.post(f"{_PAGE}/{{calibration_id}}/close")
def close(program: PathId, calibration_id: PathId, heard: CoordinatingPage) -> Response:
    """Let nobody rate any more; what was given is compared by the process."""
    with heard.sitting() as sitting:
        holding.close(sitting, program, calibration_id)
    return _done(program, "closed")


def _done(program: str, done: str) -> Response:
    return RedirectResponse(in_program(program, "calibrations", done=done), 303)


def _page(
    request: Request, pool: Engine, heard: Hearing, *, done: str = "", fault: str = ""
) -> str:
    with heard.docket() as docket:
        standing = docket.standing
        asking.permit(request, standing.reviews or standing.reads_all)
        view = calibration_reading.of_program(docket)
    here = "reviews" if view.reviews else "cases" if standing.coordinates else "desk"
    framed = asking.framed(request, pool, heard, here)
    every = [one for rubric in view.items for one in rubric.calibrations]

    def bar_of(row: RowAgreed) -> calibrations.AgreementBar:
        return calibrations.bar(row, view.limits)

    return render(
        "panels/calibrations.html",
        framed.layout,
        part=is_part(request),
        view=view,
        waiting=[one for one in every if waits(one)],
        own=[one for one in every if one.mine is not None],
        alarms=[(each, calibrations.alarm(each)) for each in view.alarms],
        bar_of=bar_of,
        bias_of=calibrations.bias,
        done=done,
        fault=fault,
    )


def waits(one: CalibrationShown) -> bool:
    """Whether a calibration waits for ratings of who looks."""
    return one.state == "open" and one.rated is not None
