"""Program notes: private notes for a coordinator, who says once a session why they look."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Header, Query, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.store.postgres.connection import transaction
from web.api.asking import After, Desk, Known, PeoplePool, ReadFrom
from web.http.path_ids import PathId
from web.identity.authenticate import session_of
from web.notes import settling, supervised
from web.notes.settling import Decision, NothingReported
from web.notes.supervised import TooManyNotes, Wanted
from web.pages import frame
from web.pages.frame import CoordinatorPage, is_part
from web.problems import Fault, Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import program_notes as texts
from web.store import session_purposes
from web.views.cursors import BadCursor
from web.views.notes import NotesInProgram

router = APIRouter(include_in_schema=False)

_PAGE = 20
_FIELDS = ("recipient", "giver", "loop", "from", "to")
Field = Annotated[str, Query(max_length=255)]


@dataclass(frozen=True, slots=True)
class NotesFilter:
    """The form of which notes, as it was filled in."""

    filled: dict[str, str]
    reported: bool

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {
            name: texts.BAD_DATE
            for name in ("from", "to")
            if self.filled[name] and _day(self.filled[name]) is None
        }

    @property
    def wanted(self) -> Wanted:
        """Which notes are asked for; there are no faults."""
        given = {name: value or None for name, value in self.filled.items()}
        return Wanted(
            given["recipient"],
            given["giver"],
            given["loop"],
            _day(self.filled["from"]),
            _day(self.filled["to"]),
            self.reported,
        )

    @property
    def query(self) -> dict[str, str]:
        """It as the query of an address."""
        query = {name: value for name, value in self.filled.items() if value}
        return query | ({"reported": "true"} if self.reported else {})


@router.get("/p/{program}/notes/all")
def notes_of_program(
    request: Request,
    program: PathId,
    visitor: CoordinatorPage,
    readings: ReadFrom,
    pool: PeoplePool,
    desk: Desk,
    after: After,
    known: Known,
    recipient: Field = "",
    giver: Field = "",
    loop: Field = "",
    since: Annotated[str, Query(alias="from", max_length=10)] = "",
    until: Annotated[str, Query(alias="to", max_length=10)] = "",
    reported: bool = False,
    settled: bool = False,
    sent_purpose: Annotated[str, Header(alias="purpose", max_length=200)] = "",
) -> HTMLResponse:
    """The program's notes, those that were reported first; or the question why."""
    values = (value.strip() for value in (recipient, giver, loop, since, until))
    chosen = NotesFilter(dict(zip(_FIELDS, values, strict=True)), reported)
    purpose = _purpose(request, pool, program, sent_purpose)
    page, too_many = NotesInProgram(items=[], next=None), False
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "notes/all")
        if purpose is not None and not chosen.faults:
            try:
                page = supervised.read(
                    desk, moment, program, visitor.subject, purpose, chosen.wanted, after or None,
                    _PAGE, reported_first=True,
                )  # fmt: skip
            except BadCursor:
                raise Problem.invalid(Fault("/query/after", "is no page of this list")) from None
            except TooManyNotes:
                too_many = True
    faults = chosen.faults if purpose is not None else {}
    text = _render(request, framed, page, purpose, faults, chosen, after or None, too_many, settled)
    return HTMLResponse(text, 422 if faults else 429 if too_many else 200)


@router.post("/p/{program}/notes/all")
def give_purpose(
    request: Request,
    program: PathId,
    visitor: CoordinatorPage,
    pool: PeoplePool,
    purpose: Annotated[str, Form()] = "",
    words: Annotated[str, Form()] = "",
    change: Annotated[bool, Form()] = False,
) -> Response:
    """Keep why somebody looks, until they sign out."""
    why = supervised.readable_purpose(purpose or words)
    if why is None and not change:
        with transaction(pool) as tx:
            framed = frame.read(tx, request, visitor, program, "notes/all")
        nothing = NotesInProgram(items=[], next=None)
        empty = NotesFilter(dict.fromkeys(_FIELDS, ""), False)
        faults = {"purpose": texts.NO_PURPOSE}
        text = _render(request, framed, nothing, None, faults, empty, None, False, False)
        return HTMLResponse(text, 422)
    session = session_of(request)
    if session is not None:
        with transaction(pool) as tx:
            session_purposes.choose(tx, session, program, why)
    return RedirectResponse(in_program(program, "notes", "all"), 303)


@router.post("/p/{program}/notes/{kudos_id}/settle")
def settle(
    program: PathId,
    kudos_id: PathId,
    visitor: CoordinatorPage,
    readings: ReadFrom,
    desk: Desk,
    decision: Annotated[Decision, Form()],
) -> RedirectResponse:
    """Keep a reported note, or remove its kudos."""
    with readings.moment() as moment:
        try:
            settling.settle(desk, moment, program, visitor.subject, kudos_id, decision)
        except NothingReported:
            raise Problem.not_found() from None
    return RedirectResponse(in_program(program, "notes", "all", settled="true"), 303)


def _purpose(request: Request, pool: Engine, program: str, sent: str) -> str | None:
    """Why: as the session has it; of a request with a token, as its header says."""
    session = session_of(request)
    if session is None:
        return supervised.readable_purpose(sent)
    with transaction(pool) as tx:
        return session_purposes.read(tx, session, program)


def _render(
    request: Request,
    framed: frame.Framed,
    page: NotesInProgram,
    purpose: str | None,
    faults: dict[str, str],
    chosen: NotesFilter,
    after: str | None,
    too_many: bool,
    settled: bool,
) -> str:
    return render(
        "program_notes.html",
        framed.layout,
        part=is_part(request),
        purpose=purpose,
        faults=faults,
        filled=chosen.filled | {"reported": chosen.reported},
        chosen=chosen.query,
        notes=page.items,
        next=page.next,
        after=after,
        too_many=too_many,
        settled=settled,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
