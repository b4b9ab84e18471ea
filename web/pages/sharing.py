"""The share sheet of an award: what others would see, and all that its holder hands on."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.api.asking import Known, ReadFrom
from web.api.sharing import PublicHost, SharedBy
from web.http.path_ids import AwardId, PathId
from web.identity.principal import Principal
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.sharing.sharing import Sharing
from web.views import shares
from web.views.moment import Readings

router = APIRouter(include_in_schema=False)

_SHEET = "/p/{program}/awards/{award_id}/share"
_SAYS_WHY = ("not-standing", "invalid")


@router.get(_SHEET)
def sheet(
    request: Request,
    program: PathId,
    award_id: AwardId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    here: SharedBy,
    host: PublicHost,
    known: Known,
) -> HTMLResponse:
    """An award of mine, and how it is shared."""
    text = _page(request, readings, here, host, visitor, program, me, award_id)
    return HTMLResponse(text)


@router.post(_SHEET)
def share(
    request: Request,
    program: PathId,
    award_id: AwardId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    here: SharedBy,
    host: PublicHost,
    show_name: Annotated[bool, Form()] = False,
) -> Response:
    """Share it, or change whether my name is shown; the sheet says why not, if it cannot be."""
    try:
        here.share(program, me, award_id, show_name=show_name)
    except Problem as problem:
        if problem.kind not in _SAYS_WHY:
            raise
        text = _page(request, readings, here, host, visitor, program, me, award_id)
        return HTMLResponse(text, problem.status)
    return RedirectResponse(_address(program, award_id), 303)


@router.post(f"{_SHEET}/stop")
def stop(program: PathId, award_id: AwardId, me: MyPage, here: SharedBy) -> Response:
    """Share it no longer."""
    here.stop(program, me, award_id)
    return RedirectResponse(_address(program, award_id), 303)


def _page(
    request: Request,
    readings: Readings,
    here: Sharing,
    host: str,
    visitor: Principal,
    program: str,
    me: str,
    award_id: str,
) -> str:
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "highlights")
        shareable = here.look(moment, program, me, award_id)
    shared = shareable.shared
    return render(
        "share.html",
        framed.layout,
        part=is_part(request),
        address=_address(program, award_id),
        shown=shareable.shown,
        held=shareable.is_held,
        share=None if shared is None else shares.of(host, shared),
    )


def _address(program: str, award_id: str) -> str:
    return in_program(program, "awards", award_id, "share")
