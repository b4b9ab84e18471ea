"""Settings of the person who is signed in: time zone and appearance."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.store.postgres.connection import transaction
from notifier.rules.preferences import APPEARANCES, Preferences
from notifier.store import preferences
from web.api.asking import Desk, Known, PeoplePool, ReadFrom
from web.exports.answer import exported
from web.http.path_ids import PathId
from web.identity.login.return_address import return_address
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import settings as settings_texts
from web.rendering.time_zones import offered
from web.views.preferences import is_known

router = APIRouter(include_in_schema=False)


@router.get("/p/{program}/settings")
def show(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    pool: PeoplePool,
    known: Known,
    saved: bool = False,
) -> HTMLResponse:
    """What I have chosen, as a form."""
    with transaction(pool) as tx:
        framed = frame.read(tx, request, visitor, program, "settings")
    return HTMLResponse(_page(request, framed, framed.chosen, {}, saved))


@router.post("/p/{program}/settings")
def choose(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    pool: PeoplePool,
    appearance: Annotated[str | None, Form()] = None,
    timezone: Annotated[str | None, Form()] = None,
    back: Annotated[str | None, Form()] = None,
) -> Response:
    """Store what was sent; what was not sent stays. The menu sends the appearance alone, with the
    page to go back to."""
    with transaction(pool) as tx:
        framed = frame.read(tx, request, visitor, program, "settings")
        before = framed.chosen
        wanted = replace(
            before,
            timezone=before.timezone if timezone is None else timezone or None,
            appearance=appearance if appearance in APPEARANCES else before.appearance,
        )
        faults = {}
        if wanted.timezone is not None and not is_known(wanted.timezone):
            faults["timezone"] = settings_texts.UNKNOWN_ZONE
        if appearance is not None and appearance not in APPEARANCES:
            faults["appearance"] = settings_texts.UNKNOWN_APPEARANCE
        if not faults:
            preferences.write(tx, program, me, wanted, None)
    if faults:
        return HTMLResponse(_page(request, framed, before, faults, False), 422)
    target = in_program(program, "settings", saved="true") if back is None else return_address(back)
    return RedirectResponse(target, 303)


@router.get("/p/{program}/settings/export")
def export(
    request: Request, program: PathId, me: MyPage, readings: ReadFrom, desk: Desk, known: Known
) -> Response:
    """All there is of me, as a file; what keeps it from being made is a page."""
    return exported(request, desk, readings, "themselves", program, me)


def _page(
    request: Request,
    framed: frame.Framed,
    chosen: Preferences,
    faults: dict[str, str],
    saved: bool,
) -> str:
    return render(
        "settings.html",
        framed.layout,
        part=is_part(request),
        preferences=chosen,
        platform_zone=framed.platform_zone,
        zones=offered(chosen.timezone),
        faults=faults,
        saved=saved,
    )
