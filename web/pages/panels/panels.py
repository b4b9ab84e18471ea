"""The panels of a program: what is open and late; a coordinator widens a draw, an auditor opens who
sits."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.panels import opened_seats, widening
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import AuditorPage, CoordinatingPage, Done, PageHeard
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering import panels
from web.rendering.addresses import in_program
from web.rendering.panels import PanelForm
from web.rendering.templates import render
from web.rendering.texts import panels as texts
from web.views.panels import panel_reading

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/panels"
_ONE = f"{_PAGE}/{{panel_id}}"


@router.get(_PAGE)
def listed(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """The panels and draws of a program."""
    return HTMLResponse(_page(request, pool, heard, PanelForm(), done=texts.DONE.get(done, "")))


@router.post(f"{_ONE}/widen")
def widen(
    request: Request,
    program: PathId,
    panel_id: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    days: Annotated[str, Form(max_length=20)] = "",
    outside: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Widen the draw of a panel with open seats."""
    form = PanelForm(panel_id, days.strip(), bool(outside))
    try:
        conflict_days = panels.days(days)
    except ValueError:
        return _wrong(request, pool, heard, form, texts.BAD_DAYS)
    if conflict_days is None and not outside:
        return _wrong(request, pool, heard, form, texts.CHOOSE_WIDER)
    by = heard.participant or heard.principal.subject
    try:
        with heard.sitting() as sitting:
            widening.widen(sitting, program, panel_id, by, conflict_days, bool(outside))
    except Problem as problem:
        return _refused(request, pool, heard, form, problem)
    return RedirectResponse(in_program(program, "panels", done="widened"), 303)


@router.post(f"{_ONE}/seats")
def seats(
    request: Request,
    program: PathId,
    panel_id: PathId,
    heard: AuditorPage,
    pool: PeoplePool,
    reason: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Open who sits on a panel, for a reason; they are in this one answer alone."""
    form = PanelForm(panel_id, reason=reason)
    why = asking.words(reason)
    if why is None:
        return _wrong(request, pool, heard, form, texts.REASON_NEEDED)
    try:
        with heard.docket() as docket:
            me = docket.standing.participant or ""
            opened = opened_seats.open_seats(docket.sitting, program, panel_id, me, why)
            shown = panel_reading.seats(docket, panel_id, opened)
    except Problem as problem:
        return _refused(request, pool, heard, form, problem)
    return HTMLResponse(_page(request, pool, heard, PanelForm(panel_id, seats=shown)))


def _wrong(
    request: Request, pool: Engine, heard: Hearing, form: PanelForm, fault: str, status: int = 422
) -> Response:
    filled = PanelForm(form.panel_id, form.days, form.outside, form.reason, fault)
    return HTMLResponse(_page(request, pool, heard, filled), status)


def _refused(
    request: Request, pool: Engine, heard: Hearing, form: PanelForm, problem: Problem
) -> Response:
    if problem.kind not in texts.REFUSALS:
        raise problem
    return _wrong(request, pool, heard, form, texts.REFUSALS[problem.kind], problem.status)


def _page(
    request: Request, pool: Engine, heard: Hearing, form: PanelForm, *, done: str = ""
) -> str:
    with heard.docket() as docket:
        asking.permit(request, docket.standing.reads_all)
        view, auditor = panel_reading.read(docket), docket.standing.audits
    framed = asking.framed(request, pool, heard, "cases")
    return render(
        "panels/panels.html",
        framed.layout,
        part=is_part(request),
        view=view,
        open=panels.rows(view.open),
        closed=panels.rows(view.closed),
        auditor=auditor,
        form=form,
        done=done,
    )
