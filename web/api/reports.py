"""A program as a whole, for its coordinators: in numbers, by people, and as files."""

from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import Engine
from starlette.responses import StreamingResponse

from directory import programs
from engine.store.postgres.connection import transaction
from web.api.asking import (
    After,
    AsCoordinator,
    Desk,
    Known,
    Limit,
    PeoplePool,
    ReadFrom,
    Reports,
)
from web.http.path_ids import PathId
from web.problems import Fault, Problem
from web.reports import days, files
from web.reports.days import BadDays, ReportDays
from web.reports.files import FileOf
from web.reports.people_list import PeopleFilter, UnknownPosition
from web.views import program_highlights, report
from web.views.cursors import BadCursor
from web.views.program_highlights import ProgramHighlightsPage
from web.views.report import ReportShown
from web.views.report_people import ListedPeople, PeopleReported

router = APIRouter(prefix="/v1/programs/{program}", tags=["coordinator"])

_Since = Annotated[
    str | None,
    Query(alias="from", description="The first day, as 2026-03-31, where the program is"),
]
_Until = Annotated[
    str | None, Query(alias="to", description="The last day, included; today if it is left out")
]


@router.get("/report", operation_id="getReport")
def of_program(
    request: Request,
    program: PathId,
    coordinator: AsCoordinator,
    pool: PeoplePool,
    reports: Reports,
    known: Known,
    since: _Since = None,
    until: _Until = None,
) -> ReportShown:
    """The program from a day to a day, the last 180 days if none are given. It is computed once a
    minute; `as_of` says when."""
    counted = reports.report(program, _days(request, pool, program, since, until))
    with transaction(pool) as tx:
        return report.shown(tx, program, counted)[0]


@router.get("/report/people", operation_id="getReportPeople")
def people(
    program: PathId,
    coordinator: AsCoordinator,
    pool: PeoplePool,
    reports: Reports,
    after: After,
    known: Known,
    which: Annotated[PeopleFilter, Query(alias="filter")] = "all",
    limit: Limit = 20,
) -> PeopleReported:
    """The program's people in numbers, by name. `near`: who is one step away from a level that they
    have begun. They are counted once a minute; `as_of` says when."""
    listed = ListedPeople(reports, program, which)
    with transaction(pool) as tx:
        try:
            return listed.read(tx, after, limit)
        except UnknownPosition:
            raise _bad_cursor() from None


@router.get("/highlights", operation_id="getProgramHighlights")
def highlights(
    request: Request,
    program: PathId,
    coordinator: AsCoordinator,
    readings: ReadFrom,
    after: After,
    known: Known,
    limit: Limit = 20,
) -> ProgramHighlightsPage:
    """What the program's people were awarded in the last 200 days, latest first."""
    now = request.app.state.settings.now()
    with readings.moment() as moment:
        try:
            return program_highlights.read(moment, program, after or None, limit, now)
        except BadCursor:
            raise _bad_cursor() from None


@router.get(
    "/report.csv",
    operation_id="getReportFile",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "UTF-8 with a byte order mark, RFC 4180, a header row in English",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    },
)
def file(
    request: Request,
    program: PathId,
    coordinator: AsCoordinator,
    pool: PeoplePool,
    readings: ReadFrom,
    reports: Reports,
    desk: Desk,
    known: Known,
    what: FileOf,
    since: _Since = None,
    until: _Until = None,
) -> StreamingResponse:
    """People, kudos or awards of some days as a file. It never has a private note, and each
    download is written down."""
    chosen = _days(request, pool, program, since, until)
    files.record(desk, coordinator.subject, program, what, chosen)
    parts = files.stream(readings, reports, program, what, chosen)
    first = next(parts)  # what cannot be reached is a problem now, not half a file
    return StreamingResponse(
        chain([first], parts),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{what}.csv"'},
    )


def _bad_cursor() -> Problem:
    return Problem.invalid(Fault("/query/after", "must be the `next` of an answer"))


def _days(
    request: Request, pool: Engine, program: str, since: str | None, until: str | None
) -> ReportDays:
    with transaction(pool) as tx:
        zone = programs.described(tx, program).timezone
    try:
        return days.chosen(since, until, zone, request.app.state.settings.now())
    except BadDays as refused:
        raise Problem.invalid(Fault(f"/query/{refused.field}", refused.detail)) from None
