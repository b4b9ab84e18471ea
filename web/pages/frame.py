"""What a page has around its own part, read for the person who looks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from directory import programs
from engine.store.postgres.connection import Transaction
from notifier.rules.preferences import Preferences
from web.http.path_ids import PathId, decoded
from web.http.request_metrics import denied
from web.identity.authenticate import identify_page
from web.identity.principal import Principal
from web.policy import access
from web.rendering.layout import Layout, ProgramChoice
from web.store import personal
from web.store.personal import Personal


def visitor(request: Request, principal: Annotated[Principal, Depends(identify_page)]) -> Principal:
    """Who looks. Whether the program of the page has stages, and their part in its committee, are
    looked up now, not while the page is read: nobody who holds a connection waits for another."""
    given = request.path_params.get("program")
    if given is not None and access.as_member(principal, decoded(given)):
        program, offices = decoded(given), request.app.state.offices
        request.state.stages = request.app.state.staged.has_stages(program)
        request.state.parts = offices.parts(program, access.as_participant(principal, program))
    return principal


Visitor = Annotated[Principal, Depends(visitor)]
"""Who is signed in and looks at a page."""


async def participant(request: Request, program: PathId, principal: Visitor) -> str:
    """The participant of the program who looks."""
    own = access.as_participant(principal, program)
    if own is None:
        raise denied(request)
    return own


async def coordinator(request: Request, program: PathId, principal: Visitor) -> Principal:
    """The coordinator of the program who looks."""
    if not access.as_coordinator(principal, program):
        raise denied(request)
    return principal


async def member(request: Request, program: PathId, principal: Visitor) -> Principal:
    """Somebody who has to do with the program and looks."""
    if not access.as_member(principal, program):
        raise denied(request)
    return principal


MyPage = Annotated[str, Depends(participant)]
MemberPage = Annotated[Principal, Depends(member)]
CoordinatorPage = Annotated[Principal, Depends(coordinator)]


@dataclass(frozen=True, slots=True)
class Framed:
    """What a page knows of the person who looks: the frame, what they have chosen and what waits
    for them, the time zone that the platform tells of them, that of the program, and whether it has
    kudos."""

    layout: Layout
    personal: Personal
    platform_zone: str
    program_zone: str
    kudos_enabled: bool

    @property
    def chosen(self) -> Preferences:
        """What they have chosen."""
        return self.personal.chosen


def read(
    tx: Transaction, request: Request, principal: Principal, program: str, here: str
) -> Framed:
    """The frame of a page of a program. `tx`: of the directory; two statements."""
    mine = programs.of_person(
        tx, [(name, principal.participant_in(name)) for name in principal.programs()]
    )
    own = mine[program]
    participant = principal.participant_in(program)
    who = personal.NOBODY if participant is None else _personal(tx, request, program, participant)
    person = own.person
    platform_zone = (person and person.timezone) or own.description.timezone
    layout = Layout(
        program=ProgramChoice(program, own.description.name),
        programs=tuple(
            ProgramChoice(name, of.description.name)
            for name, of in mine.items()
            if access.as_member(principal, name)
        ),
        here=here,
        viewer=None if person is None else person.given_name or person.display_name,
        zone=who.chosen.timezone or platform_zone,
        appearance=who.chosen.appearance,
        path=address_of(request),
        help_url=own.description.support_url,
        demonstration=demonstration(request),
        participates=participant is not None,
        coordinates=access.as_coordinator(principal, program),
        unread=who.unread,
        now=_now(request),
        stages=getattr(request.state, "stages", False),
        committee=request.app.state.offices.has_committee,
        governs=getattr(request.state, "parts", frozenset()),
        mentors=person is None or not person.roles or "mentor" in person.roles,
        learns=person is not None and "mentee" in person.roles,
    )
    described = own.description
    return Framed(layout, who, platform_zone, described.timezone, described.kudos_enabled)


def _personal(tx: Transaction, request: Request, program: str, participant: str) -> Personal:
    return personal.read(tx, program, participant, _now(request))


def _now(request: Request) -> datetime:
    now: datetime = request.app.state.settings.now()
    return now


def is_part(request: Request) -> bool:
    """Whether htmx asks: for the part of a page that a dialog shows."""
    return "hx-request" in request.headers


def outside(request: Request) -> Layout:
    """The frame of a page that belongs to no program."""
    return Layout(path=address_of(request), demonstration=demonstration(request), now=_now(request))


def demonstration(request: Request) -> bool:
    """Whether anybody may sign in as anybody here."""
    return bool(request.app.state.settings.dev_issuer)


def address_of(request: Request) -> str:
    """The path of a request as it was sent, with its query."""
    path: str = request.scope["path"]
    query = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path
