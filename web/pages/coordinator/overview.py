"""A coordinator's overview of a program: how recognition is going, in a range of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from engine.store.postgres.connection import transaction
from web.api.asking import Known, PeoplePool, Reports
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import CoordinatorPage, is_part
from web.rendering import overview
from web.rendering.templates import render
from web.rendering.texts import overview as texts
from web.reports import days
from web.reports.days import BadDays, ReportDays
from web.views import report
from web.views.people import Person
from web.views.report import ReportShown

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class RangePreset:
    """A range that can be chosen at once."""

    text: str
    query: dict[str, str]
    chosen: bool


@router.get("/p/{program}/overview")
def of_program(
    request: Request,
    program: PathId,
    visitor: CoordinatorPage,
    pool: PeoplePool,
    reports: Reports,
    known: Known,
    since: Annotated[str, Query(alias="from", max_length=20)] = "",
    until: Annotated[str, Query(alias="to", max_length=20)] = "",
) -> HTMLResponse:
    """The report of a range, with charts; or what is wrong with the days."""
    with transaction(pool) as tx:
        framed = frame.read(tx, request, visitor, program, "overview")
    faults: dict[str, str] = {}
    chosen: ReportDays | None = None
    shown: ReportShown | None = None
    never: list[Person] = []
    now = request.app.state.settings.now()
    try:
        chosen = days.chosen(since or None, until or None, framed.program_zone, now)
    except BadDays as refused:
        faults[refused.field] = refused.detail
    if chosen is not None:
        counted = reports.report(program, chosen)
        with transaction(pool) as tx:
            shown, never = report.shown(tx, program, counted)
        since, until = chosen.first.isoformat(), chosen.last.isoformat()
    today = days.chosen(None, None, framed.program_zone, now).last
    text = render(
        "overview.html",
        framed.layout,
        part=is_part(request),
        report=shown,
        never=never,
        charts=[] if shown is None else overview.of_report(shown),
        most=None if shown is None else overview.most_recognised(shown),
        percent=overview.percent,
        filled={"from": since, "to": until},
        faults=faults,
        presets=presets(today, chosen),
    )
    return HTMLResponse(text, 422 if faults else 200)


def presets(today: date, chosen: ReportDays | None) -> list[RangePreset]:
    """Ranges that end today."""
    offered = []
    for number, text in texts.PRESETS:
        first = today - timedelta(days=number - 1)
        same = chosen is not None and (chosen.first, chosen.last) == (first, today)
        query = {"from": first.isoformat(), "to": today.isoformat()}
        offered.append(RangePreset(text, query, same))
    return offered
