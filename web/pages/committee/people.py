"""Who decides, until when, and who does not decide about whom: a coordinator keeps the list, and
everybody says of themselves when they are away, for whom they work, and what stands between."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.errors import OfficerChanged
from governance.store import conflicts, people
from governance.store.conflicts import ConflictWhy
from governance.store.people import ROLES, Officer
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.api.committee.people import check_mine, pair_of
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages.committee import asking
from web.pages.committee.asking import CoordinatingPage, Done, PageHeard
from web.pages.frame import is_part
from web.policy import access
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.committee import SentOffice, day
from web.rendering.templates import render
from web.rendering.texts import committee as texts
from web.views.committee import people_reading

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/committee"
Id = Annotated[str, Form(min_length=1, max_length=255)]
DayField = Annotated[str, Form(max_length=10)]


def sent_office(
    roles: Annotated[list[str], Form(max_length=9)] = [],  # noqa: B006 # FastAPI copies it
    term_until: DayField = "",
    leave_until: DayField = "",
    employer: Annotated[str, Form(max_length=120)] = "",
    version: Annotated[int, Form(ge=0)] = 0,
) -> SentOffice:
    """What the form has of somebody's part."""
    return SentOffice(tuple(roles), term_until, leave_until, employer.strip(), version)


@router.get(_PAGE)
def committee(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """Everybody with a part, and the conflicts that who looks may know."""
    return HTMLResponse(_page(request, pool, heard, done=texts.DONE.get(done, "")))


@router.post(_PAGE)
def add(
    request: Request,
    program: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    participant: Id,
    roles: Annotated[list[str], Form(max_length=9)] = [],  # noqa: B006 # FastAPI copies it
) -> Response:
    """Give somebody a part; who has one already is changed where they stand."""
    return _write(request, pool, heard, participant.strip(), SentOffice(tuple(roles)))


@router.post(f"{_PAGE}/{{participant}}")
def change(
    request: Request,
    program: PathId,
    participant: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    sent: Annotated[SentOffice, Depends(sent_office)],
) -> Response:
    """Change somebody's part; of oneself, only leave and employer."""
    asking.permit(request, participant == heard.participant or _coordinates(heard))
    if sent.fault:
        return HTMLResponse(_page(request, pool, heard, fault=sent.fault), 422)
    return _write(request, pool, heard, participant, sent)


@router.post(f"{_PAGE}/conflicts/declared")
def declare(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    other: Id,
    why: Annotated[ConflictWhy, Form()],
) -> Response:
    """Declare a conflict of one's own."""
    me, them = heard.participant, other.strip()
    if me is None:
        raise denied(request)
    if not them or them == me:
        return HTMLResponse(_page(request, pool, heard, fault=texts.YOURSELF), 422)
    with heard.sitting() as sitting:
        conflicts.declare(sitting.tx, program, (me, them), why, me, sitting.now)
    return _done(program, "declared")


@router.post(f"{_PAGE}/conflicts/ended")
def end(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    one: Id,
    other: Id,
    why: Annotated[ConflictWhy, Form()],
) -> Response:
    """End a conflict that one declared, or, as a coordinator, any."""
    try:
        with heard.docket() as docket:
            pair = pair_of(docket, one, other)
            check_mine(docket, pair, why)
            by = heard.participant or heard.principal.subject
            conflicts.end(docket.sitting.tx, program, pair, why, by, docket.sitting.now)
    except Problem as problem:
        if problem.kind != "not-allowed":
            raise
        return HTMLResponse(_page(request, pool, heard, fault=texts.NOT_YOURS), problem.status)
    return _done(program, "ended")


def _coordinates(heard: Hearing) -> bool:
    return access.as_coordinator(heard.principal, heard.program)


def _write(
    request: Request, pool: Engine, heard: Hearing, participant: str, sent: SentOffice
) -> Response:
    """Write what was sent. Who does not coordinate changes nothing of their part."""
    coordinates = _coordinates(heard)
    try:
        with heard.sitting() as sitting:
            before = people.of(sitting.tx, heard.program, participant)
            asking.permit(request, coordinates or before is not None)
            officer = before or Officer(heard.program, participant)
            if coordinates:
                officer = replace(
                    officer,
                    roles=frozenset(role for role in ROLES if role in sent.roles),
                    term_until=day(sent.term_until),
                )
            officer = replace(
                officer,
                leave_until=day(sent.leave_until),
                employer=sent.employer or None,
                version=sent.version,
            )
            by = heard.principal.subject if coordinates else participant
            people.write(sitting.tx, officer, by, sitting.now)
    except OfficerChanged:
        return _done(heard.program, "changed")
    return _done(heard.program, "saved")


def _done(program: str, done: str) -> Response:
    return RedirectResponse(in_program(program, "committee", done=done), 303)


def _page(
    request: Request, pool: Engine, heard: Hearing, *, done: str = "", fault: str = ""
) -> str:
    with heard.docket() as docket:
        view, standing = people_reading.read(docket), docket.standing
    here = "desk" if standing.has_desk else "cases" if standing.coordinates else "progress"
    framed = asking.framed(request, pool, heard, here)
    return render(
        "committee.html",
        framed.layout,
        part=is_part(request),
        view=view,
        done=done,
        fault=fault,
    )
