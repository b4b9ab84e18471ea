"""GET /ops/jobs/J: how far a job is, until it has ended."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from engine.store.postgres.connection import transaction
from web.api.asking import Known
from web.api.ops.asking import ThisConsole
from web.http.path_ids import JobId
from web.pages.frame import is_part
from web.pages.ops import frame
from web.pages.ops.frame import OperatorPage
from web.problems import Problem
from web.rendering.templates import render
from web.store import jobs as table
from web.views.ops import jobs

router = APIRouter(include_in_schema=False)


@router.get("/ops/jobs/{job}")
def page(
    request: Request, job: JobId, visitor: OperatorPage, console: ThisConsole, known: Known
) -> HTMLResponse:
    """A job; while it runs htmx fetches its part again."""
    with transaction(console.pool) as tx:
        there = table.get(tx, job, console.now())
    if there is None:
        raise Problem.not_found()
    layout, shown = frame.layout(request, "dead-letters"), jobs.shown(there)
    return HTMLResponse(render("ops/job.html", layout, part=is_part(request), job=shown))
