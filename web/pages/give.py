"""Giving kudos: one form, which is sent as often as it likes and gives once."""

import math
import re
import secrets
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.api.asking import Known, ReadFrom
from web.api.kudos import GivenBy
from web.http.path_ids import PathId
from web.kudos import rules
from web.kudos.rules import AskedGift
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.problems import Problem
from web.rendering import give_form
from web.rendering.addresses import in_program
from web.rendering.give_form import Chosen, GiveForm
from web.rendering.templates import render
from web.rendering.texts import give as texts
from web.rendering.wording import counted
from web.views import partners
from web.views.moment import Readings

router = APIRouter(include_in_schema=False)

_LOOPS = 100
_KEY_BYTES = 24
_INVITATION = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Faults = dict[str, str]


def chosen_of_form(
    whom: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    key: Annotated[str, Form()] = "",
    invitation: Annotated[str, Form()] = "",
) -> Chosen:
    """What was sent. Browsers end the lines of a note with CR and LF."""
    return Chosen(
        whom=whom,
        kind=kind,
        note=note.replace("\r\n", "\n"),
        key=key if rules.is_key(key) else _new_key(),
        invitation=invitation if _INVITATION.fullmatch(invitation) else "",
    )


@router.get("/p/{program}/give")
def form(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    known: Known,
    whom: Annotated[str, Query(max_length=1_600)] = "",
    kind: Annotated[str, Query(max_length=255)] = "",
    invitation: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """The form, with what the address chooses beforehand."""
    chosen = chosen_of_form(whom=whom, kind=kind, invitation=invitation, key="", note="")
    return HTMLResponse(_page(request, readings, visitor, program, me, chosen, {}))


@router.post("/p/{program}/give")
def give(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    here: GivenBy,
    chosen: Annotated[Chosen, Depends(chosen_of_form)],
) -> Response:
    """Give, and show it among what I gave; or the form again with what is wrong with it."""
    person = give_form.whom(chosen.whom)
    faults: Faults = {}
    if person is None:
        faults["whom"] = texts.CHOOSE_WHOM
    if not chosen.kind:
        faults["kind"] = texts.CHOOSE_WHICH
    if len(chosen.note) > rules.MOST_NOTE:
        faults["note"] = _too_long(chosen.note)
    status = 422
    if person is not None and not faults:
        asked = AskedGift(*person, chosen.kind, chosen.note.strip(), chosen.invitation or None)
        try:
            here.give(program, me, chosen.key, asked)
        except Problem as problem:
            faults, status = _faults(problem, chosen), problem.status
            if problem.kind == "idempotency-key-reused":
                chosen = replace(chosen, key=_new_key())
        if not faults:
            return RedirectResponse(in_program(program, "given"), 303)
    return HTMLResponse(_page(request, readings, visitor, program, me, chosen, faults), status)


def _page(
    request: Request,
    readings: Readings,
    visitor: Visitor,
    program: str,
    me: str,
    chosen: Chosen,
    faults: Faults,
) -> str:
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "kudos")
        people = partners.read(moment, program, me, limit=_LOOPS)
    loops = give_form.choosable(people.loops)
    return render(
        "give.html",
        framed.layout,
        part=is_part(request),
        form=GiveForm(
            loops=loops,
            kinds=tuple(people.kinds),
            chosen=replace(chosen, whom=chosen.whom or give_form.only_one(loops)),
            enabled=framed.kudos_enabled,
            faults=faults,
        ),
        most_note=rules.MOST_NOTE,
        undo_seconds=request.app.state.settings.undo_seconds,
    )


def _faults(problem: Problem, chosen: Chosen) -> Faults:
    """What is wrong, in words and by field; nothing if the form was sent twice at once. Raises a
    problem that is not about the form."""
    match problem.kind:
        case "in-progress":
            return {}
        case "idempotency-key-reused":
            return {"": texts.SENT_BEFORE}
        case "not-found":
            return {"whom": texts.NOT_THERE}
        case "too-many-requests":
            return {"": texts.TOO_MANY.format(wait=_wait(int(problem.headers["Retry-After"])))}
        case "invalid":
            return dict(_of_pointer(fault.pointer, chosen) for fault in problem.faults)
    raise problem


def _of_pointer(pointer: str, chosen: Chosen) -> tuple[str, str]:
    match pointer:
        case "/loop_id":
            return "whom", texts.CLOSED
        case "/recipient_id":
            return "whom", texts.NOT_ONESELF
        case "/kind":
            return "kind", texts.UNKNOWN_KIND
        case "/note" if len(chosen.note) > rules.MOST_NOTE:
            return "note", _too_long(chosen.note)
        case "/note":
            return "note", texts.NOT_SENDABLE
    return "", texts.NOT_HERE


def _too_long(note: str) -> str:
    return texts.TOO_LONG.format(n=f"{len(note):,}", most=f"{rules.MOST_NOTE:,}")


def _wait(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    if minutes < 120:
        return counted(minutes, texts.IN_MINUTES)
    return counted(math.ceil(minutes / 60), texts.IN_HOURS)


def _new_key() -> str:
    return secrets.token_urlsafe(_KEY_BYTES)
