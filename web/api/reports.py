"""A program as a whole, for its coordinators: in numbers, by people, and as files."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import Engine

from directory import programs
from engine.store.postgres.connection import transaction
from web.api.asking import AsCoordinator, Known, PeoplePool, Reports
from web.http.path_ids import PathId
from web.problems import Fault, Problem
from web.reports import days
from web.reports.days import BadDays, ReportDays
from web.views import report
from web.views.report import ReportShown

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


def _days(
    request: Request, pool: Engine, program: str, since: str | None, until: str | None
) -> ReportDays:
    with transaction(pool) as tx:
        zone = programs.described(tx, program).timezone
    try:
        return days.chosen(since, until, zone, request.app.state.settings.now())
    except BadDays as refused:
        raise Problem.invalid(Fault(f"/query/{refused.field}", refused.detail)) from None
