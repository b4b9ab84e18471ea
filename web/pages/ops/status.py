"""GET /ops: whether all is well, else what is wrong; partitions, outbox, refused records."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.store.cursors.resuming import AlreadyPassed, NotStopped
from engine.store.postgres.connection import transaction
from web.api.asking import Known
from web.api.ops.asking import SmallId, ThisConsole, TopicName, readable_reason, topic_read
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
    request: Request,
    partition: SmallId,
    visitor: OperatorPage,
    console: ThisConsole,
    known: Known,
    topic: TopicName | None = None,
) -> HTMLResponse:
    """A halted partition: why, and a way on. `topic`: the activity topic if it is not given."""
    return HTMLResponse(_halted(request, console, topic_read(console, topic), partition))


@router.post("/ops/partitions/{partition}/resume")
def resume(
    request: Request,
    partition: SmallId,
    visitor: OperatorPage,
    console: ThisConsole,
    because: Annotated[str, Form()] = "",
    topic: Annotated[str | None, Form(max_length=249)] = None,
) -> Response:
    """Let a halted partition go on."""
    of_topic = topic_read(console, topic)
    why = readable_reason(because)
    if why is None:
        return HTMLResponse(_halted(request, console, of_topic, partition, texts.NO_REASON), 422)
    try:
        settling.resume(console, of_topic, partition, visitor.subject, why)
    except (NotStopped, AlreadyPassed):
        raise Problem("not-ready") from None
    return RedirectResponse("/ops?resumed=true", 303)


def _halted(request: Request, console: Console, topic: str, partition: int, fault: str = "") -> str:
    with transaction(console.pool) as tx:
        shown = status.partition(tx, topic, partition)
    if shown is None:
        raise Problem.not_found()
    layout = frame.layout(request, "status")
    return render("ops/partition.html", layout, part=is_part(request), one=shown, fault=fault)
