"""The link in an e-mail that ends e-mails of its kind: for anybody who has it, without signing in.

Programs that check mail follow links, so to look changes nothing. Mail clients post from anywhere
(RFC 8058), so where a request comes from is not asked.
"""

from typing import Annotated, Literal
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse

from directory import programs
from engine.store.postgres.connection import transaction
from notifier import unsubscribe
from notifier.store import preferences
from notifier.unsubscribe import Unsubscription
from web.api.asking import PeoplePool
from web.identity.authenticate import limit_strangers
from web.pages import frame
from web.problems import Problem
from web.rendering.templates import render

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_strangers)])

_LONGEST = 2_048


async def ended_by(request: Request, token: str) -> Unsubscription:
    """What the link ends. Raises Problem (not-found) for a token that is none of ours."""
    key: str | None = request.app.state.settings.token_key
    ends = unsubscribe.read(key, unquote(token)) if key and len(token) <= _LONGEST else None
    if ends is None:
        raise Problem.not_found()
    return ends


Ended = Annotated[Unsubscription, Depends(ended_by)]


@router.get("/u/{token}")
def ask(request: Request, ends: Ended, pool: PeoplePool) -> HTMLResponse:
    """What would end, and a button."""
    return _page(request, ends, pool, done=False)


@router.post("/u/{token}")
def end(
    request: Request,
    ends: Ended,
    pool: PeoplePool,
    one_click: Annotated[Literal["One-Click"], Form(alias="List-Unsubscribe")],
) -> HTMLResponse:
    """End them. Safe to repeat."""
    with transaction(pool) as tx:
        preferences.end_emails(tx, ends.program, ends.participant, ends.category)
    return _page(request, ends, pool, done=True)


def _page(request: Request, ends: Unsubscription, pool: PeoplePool, *, done: bool) -> HTMLResponse:
    with transaction(pool) as tx:
        name = programs.described(tx, ends.program).name
    return HTMLResponse(
        render("unsubscribe.html", frame.outside(request), ends=ends, name=name, done=done)
    )
