"""Notes: what others wrote to the person who looks, with the kudos they gave."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse

from directory import membership
from web.api.asking import After, Desk, Known, ReadFrom
from web.http.path_ids import PathId
from web.notes import received
from web.notes.received import UnknownNote
from web.pages import frame
from web.pages.frame import Framed, MyPage, Visitor, is_part
from web.problems import Fault, Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.views import badges
from web.views.cursors import BadCursor
from web.views.moment import Moment
from web.views.notes import NotesToMe

router = APIRouter(include_in_schema=False)

_PAGE = 20
_LOOPS = 100


@router.get("/p/{program}/notes")
def my_notes(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    desk: Desk,
    after: After,
    known: Known,
    reported: bool = False,
) -> HTMLResponse:
    """My notes, a page at a time."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "notes")
        try:
            page = received.read(desk, moment, program, me, after or None, _PAGE)
        except BadCursor:
            raise Problem.invalid(Fault("/query/after", "is no page of this list")) from None
        loops = _loops(moment, program, me)
    return _page(request, framed, page, loops, after=after or None, reported=reported)


@router.get("/p/{program}/notes/{kudos_id}")
def my_note(
    request: Request,
    program: PathId,
    kudos_id: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    desk: Desk,
    known: Known,
) -> HTMLResponse:
    """One note, which a message to me leads to."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "notes")
        try:
            note = received.read_one(desk, moment, program, me, kudos_id)
        except UnknownNote:
            raise Problem.not_found() from None
        loops = _loops(moment, program, me)
    return _page(request, framed, NotesToMe(items=[note], next=None), loops, alone=True)


@router.post("/p/{program}/notes/{kudos_id}/report")
def report(
    program: PathId, kudos_id: PathId, me: MyPage, readings: ReadFrom, desk: Desk
) -> RedirectResponse:
    """Let coordinators see that a note is not as it should be."""
    with readings.moment() as moment:
        try:
            received.report(desk, moment, program, me, kudos_id)
        except UnknownNote:
            raise Problem.not_found() from None
    return RedirectResponse(in_program(program, "notes", reported="true"), 303)


def _loops(moment: Moment, program: str, me: str) -> dict[str, badges.LoopNamed]:
    described = membership.loops_of(moment.directory, program, me, "", _LOOPS)
    return {item.loop_id: badges.named(item, me) for item in described}


def _page(
    request: Request,
    framed: Framed,
    page: NotesToMe,
    loops: dict[str, badges.LoopNamed],
    *,
    after: str | None = None,
    reported: bool = False,
    alone: bool = False,
) -> HTMLResponse:
    return HTMLResponse(
        render(
            "notes.html",
            framed.layout,
            part=is_part(request),
            notes=page.items,
            next=page.next,
            after=after,
            loops=loops,
            reported=reported,
            alone=alone,
        )
    )
