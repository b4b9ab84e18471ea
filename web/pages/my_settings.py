"""Settings of the person who is signed in: what they hear of and when, time zone, appearance."""

from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.store.postgres.connection import transaction
from notifier.rules.preferences import Category
from notifier.store import preferences
from web.api.asking import Desk, Known, PeoplePool, ReadFrom
from web.exports.answer import exported
from web.http.path_ids import PathId
from web.identity.login.return_address import return_address
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.rendering import settings_form
from web.rendering.addresses import in_program
from web.rendering.settings_form import SentSettings, SettingsForm
from web.rendering.templates import render
from web.rendering.time_zones import offered
from web.store import addresses

router = APIRouter(include_in_schema=False)

Checked = Annotated[list[Category], Form(default_factory=list)]


async def form_sent(
    in_app: Checked,
    email: Checked,
    timezone: Annotated[str | None, Form()] = None,
    appearance: Annotated[str | None, Form()] = None,
    whole: Annotated[bool, Form()] = False,
    quiet: Annotated[bool, Form()] = False,
    quiet_from: Annotated[str, Form()] = "",
    quiet_to: Annotated[str, Form()] = "",
) -> SentSettings:
    """What was sent of the form."""
    return SentSettings(timezone, appearance, whole, in_app, email, quiet, quiet_from, quiet_to)


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
        bad = addresses.refused_since(tx, program, me)
    form = settings_form.of(framed.chosen)
    return HTMLResponse(_page(request, framed, form, bad, saved=saved))


@router.post("/p/{program}/settings")
def choose(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    pool: PeoplePool,
    sent: Annotated[SentSettings, Depends(form_sent)],
    back: Annotated[str | None, Form()] = None,
) -> Response:
    """Store what was sent; what was not sent stays. The menu sends the appearance alone, with the
    page to go back to."""
    with transaction(pool) as tx:
        framed = frame.read(tx, request, visitor, program, "settings")
        bad = addresses.refused_since(tx, program, me)
        form = settings_form.sent_over(framed.chosen, sent)
        if not form.faults:
            preferences.change(tx, program, me, partial(settings_form.applied, sent=sent))
    if form.faults:
        return HTMLResponse(_page(request, framed, form, bad), 422)
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
    form: SettingsForm,
    bad_address: datetime | None,
    *,
    saved: bool = False,
) -> str:
    return render(
        "settings.html",
        framed.layout,
        part=is_part(request),
        form=form,
        platform_zone=framed.platform_zone,
        zones=offered(framed.chosen.timezone),
        bad_address=bad_address,
        saved=saved,
    )
