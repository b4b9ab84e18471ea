"""Notifications: what the person who looks was notified of, latest first, by day."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse

from engine.store.postgres.connection import transaction
from web.api.asking import After, Desk, Known, PeoplePool, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame, invitation_cards
from web.pages.frame import MyPage, Visitor, is_part
from web.problems import Fault, Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.store import notifications as stored
from web.views import notifications
from web.views.cursors import BadCursor

router = APIRouter(include_in_schema=False)

_PAGE = 30


@router.get("/p/{program}/notifications")
def my_notifications(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    desk: Desk,
    after: After,
    known: Known,
) -> HTMLResponse:
    """My notifications, a page at a time. To look at them does not mark them as read."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "notifications")
        try:
            page = notifications.read(moment, program, me, after or None, _PAGE)
        except BadCursor:
            raise Problem.invalid(Fault("/query/after", "is no page of this list")) from None
    text = render(
        "notifications.html",
        framed.layout,
        part=is_part(request),
        page=page,
        open=invitation_cards.by_id(
            framed.personal.invitations, page.items, framed.layout.zone, desk.now()
        ),
        after=after or None,
    )
    return HTMLResponse(text)


@router.get("/p/{program}/notifications/bell")
def bell(
    request: Request, program: PathId, me: MyPage, visitor: Visitor, pool: PeoplePool, known: Known
) -> HTMLResponse:
    """The bell of the header, for a page that hears of a change."""
    with transaction(pool) as tx:
        framed = frame.read(tx, request, visitor, program, "")
    return HTMLResponse(render("bell.html", framed.layout))


@router.post("/p/{program}/notifications/read")
def mark_read(
    program: PathId,
    me: MyPage,
    pool: PeoplePool,
    desk: Desk,
    up_to: Annotated[int, Form(ge=0, le=stored.HIGHEST)] = 0,
) -> RedirectResponse:
    """Mark what I have seen as read."""
    with transaction(pool) as tx:
        stored.mark_read(tx, program, me, up_to, desk.now())
    return RedirectResponse(in_program(program, "notifications"), 303)
