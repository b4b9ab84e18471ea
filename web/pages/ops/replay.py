"""Generations, and what a cutover to one would change: to look at; a terminal changes it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from engine.queries.snapshot import snapshot
from engine.store.generations.replays import NoSuchGeneration
from events.award_ids import is_award_id
from web.api.asking import Known
from web.api.ops.asking import SmallId, ThisConsole
from web.api.ops.replay import chosen
from web.pages.frame import is_part
from web.pages.ops import frame
from web.pages.ops.frame import OperatorPage
from web.problems import Fault, Problem
from web.rendering.templates import render
from web.views.ops import replay
from web.views.ops.replay import CHANGES, NoDiff

router = APIRouter(include_in_schema=False)

_PAGE = 50
Field = Annotated[str, Query(max_length=255)]


@router.get("/ops/replay")
def generations(
    request: Request, visitor: OperatorPage, console: ThisConsole, known: Known
) -> HTMLResponse:
    """All generations."""
    with snapshot(console.pool) as tx:
        shown = replay.generations(tx)
    layout = frame.layout(request, "replay")
    return HTMLResponse(
        render("ops/replay.html", layout, part=is_part(request), generations=shown.items)
    )


@router.get("/ops/replay/{generation}")
def diff(
    request: Request,
    generation: SmallId,
    visitor: OperatorPage,
    console: ThisConsole,
    known: Known,
    badge: Field = "",
    recipient: Field = "",
    program: Field = "",
    change: Field = "",
    after: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """The diff of one, or that it has none."""
    if after and not is_award_id(after):
        raise Problem.invalid(Fault("/query/after", "is no page of this list"))
    filled = {"badge": badge, "recipient": recipient.strip(), "program": program.strip()}
    of_change = next((one for one in CHANGES if one == change), None)
    wanted = chosen(of_change, *(text or None for text in filled.values()))
    shown = of_it = None
    with snapshot(console.pool) as tx:
        try:
            shown = replay.diff(tx, console.generations, generation, wanted, after or None, _PAGE)
            of_it = shown.generation
        except NoSuchGeneration:
            raise Problem.not_found() from None
        except NoDiff as none:
            of_it = none.generation
    query = {name: text for name, text in {**filled, "change": of_change or ""}.items() if text}
    path = f"/ops/replay/{generation}"
    text = render(
        "ops/diff.html",
        frame.layout(request, "replay"),
        part=is_part(request),
        generation=of_it,
        diff=shown,
        changes=CHANGES,
        change=of_change,
        filled=filled,
        filtered=bool(query),
        after=after or None,
        first=f"{path}?{urlencode(query)}" if query else path,
        older=f"{path}?{urlencode({**query, 'after': shown.next})}"
        if shown is not None and shown.next
        else None,
    )
    return HTMLResponse(text)
