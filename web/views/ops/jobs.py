"""Long work as operators see it."""

from typing import Literal

from web.store.jobs import StoredJob
from web.views.model import InstantText, View


class JobStarted(View):
    """A job that began; its address says how it goes on."""

    job: str
    status_url: str


class JobShown(View):
    """A job. "lost": it ended without a result, since its process was killed. `output`: its last
    lines."""

    job: str
    action: str
    by: str
    state: Literal["running", "done", "failed", "lost"]
    started: InstantText
    ended: InstantText | None
    exit: int | None
    output: str


def started(id: str) -> JobStarted:
    """The answer to what starts one."""
    return JobStarted(job=id, status_url=f"/v1/ops/jobs/{id}")


def shown(job: StoredJob) -> JobShown:
    """A job as it is now."""
    state: Literal["running", "done", "failed", "lost"] = "running"
    if not job.running:
        state = "lost" if job.exit is None else "done" if job.exit == 0 else "failed"
    return JobShown(
        job=job.id,
        action=job.action,
        by=job.by,
        state=state,
        started=job.started.isoformat(),
        ended=job.ended.isoformat() if job.ended else None,
        exit=job.exit,
        output=job.output,
    )
