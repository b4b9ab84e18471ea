"""GET /ops: whether all is well, else what is wrong; partitions, outbox, refused records."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.store.cursors.resuming import AlreadyPassed, NotStopped
from engine.store.postgres.connection import transaction
from web.api.asking import Known
from web.api.ops.asking import SmallId, ThisConsole, readable_reason
from web.ops import settling
from web.ops.console import Console
from web.pages.frame import is_part
from web.pages.ops import frame
from web.pages.ops.frame import OperatorPage
from web.problems import Problem
from web.rendering.templates import render
from web.rendering.texts import ops_status as texts
from web.store import jobs
from web.views.ops import status

router = APIRouter(include_in_schema=False)


@router.get("/ops")
def page(
    request: Request,
    visitor: OperatorPage,
    console: ThisConsole,
    known: Known,
    resumed: bool = False,
) -> HTMLResponse:
    """The page; htmx fetches its part again every few seconds."""
    ends = console.offsets.latest()
    with transaction(console.pool) as tx:
        shown = status.of(tx, console, console.read(tx, ends))
        job = jobs.latest(tx, console.now())
    text = render(
        "ops/status.html",
        frame.layout(request, "status"),
        part=is_part(request),
        status=shown,
        now=console.now(),
        job=job,
        resumed=resumed,
        processes=status.expected(shown.processes),
    )
    return HTMLResponse(text)


@router.get("/ops/partitions/{partition}")
def halted(
    request: Request, partition: SmallId, visitor: OperatorPage, console: ThisConsole, known: Known
) -> HTMLResponse:
    """A halted partition: why, and a way on."""
    return HTMLResponse(_halted(request, console, partition))


@router.post("/ops/partitions/{partition}/resume")
def resume(
    request: Request,
    partition: SmallId,
    visitor: OperatorPage,
    console: ThisConsole,
    because: Annotated[str, Form()] = "",
) -> Response:
    """Let a halted partition go on."""
    why = readable_reason(because)
    if why is None:
        return HTMLResponse(_halted(request, console, partition, texts.NO_REASON), 422)
    try:
        settling.resume(console, partition, visitor.subject, why)
    except (NotStopped, AlreadyPassed):
        raise Problem("not-ready") from None
    return RedirectResponse("/ops?resumed=true", 303)


def _halted(request: Request, console: Console, partition: int, fault: str = "") -> str:
    with transaction(console.pool) as tx:
        shown = status.partition(tx, console.settings.engine.activity_topic, partition)
    if shown is None:
        raise Problem.not_found()
    layout = frame.layout(request, "status")
    return render("ops/partition.html", layout, part=is_part(request), one=shown, fault=fault)
