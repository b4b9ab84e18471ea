"""Long work that operators started."""

from fastapi import APIRouter

from engine.store.postgres.connection import transaction
from web.api.asking import Known
from web.api.ops.asking import AsOperator, ThisConsole
from web.http.path_ids import JobId
from web.problems import Problem
from web.store import jobs as table
from web.views.ops import jobs
from web.views.ops.jobs import JobShown

router = APIRouter(prefix="/v1/ops/jobs", tags=["dead-letters"])


@router.get("/{job}", operation_id="getJob")
def read(job: JobId, operator: AsOperator, console: ThisConsole, known: Known) -> JobShown:
    """How far a job is, and its last lines. One whose process was killed is "lost"."""
    with transaction(console.pool) as tx:
        there = table.get(tx, job, console.now())
    if there is None:
        raise Problem.not_found()
    return jobs.shown(there)
