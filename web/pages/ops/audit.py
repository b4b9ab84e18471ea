"""GET /ops/audit: what people decided or looked at, and whether the log is as it was written."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from engine.queries.snapshot import snapshot
from web.api.asking import Known
from web.api.ops.asking import Before, ThisConsole
from web.pages.frame import is_part
from web.pages.ops import frame
from web.pages.ops.frame import OperatorPage
from web.rendering.templates import render
from web.views.ops import audit

router = APIRouter(include_in_schema=False)

_PAGE = 50


@router.get("/ops/audit")
def page(
    request: Request,
    visitor: OperatorPage,
    console: ThisConsole,
    before: Before,
    known: Known,
    check: bool = False,
) -> HTMLResponse:
    """The log, latest first; with `check` every entry of it is verified."""
    with snapshot(console.pool) as tx:
        shown = audit.page(tx, before, _PAGE)
        verified = audit.verified(tx) if check else None
    text = render(
        "ops/audit.html",
        frame.layout(request, "audit"),
        part=is_part(request),
        entries=shown.items,
        next=shown.next,
        before=before,
        verified=verified,
    )
    return HTMLResponse(text)
