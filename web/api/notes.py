"""Private notes: mine, and those of the program for its coordinators."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import BaseModel, ConfigDict

from web.api.asking import After, AsCoordinator, Desk, Known, Limit, Me, ReadFrom
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.notes import received, settling, supervised
from web.notes.received import UnknownNote
from web.notes.settling import Decision, NothingReported
from web.notes.supervised import TooManyNotes, Wanted
from web.problems import Fault, Problem
from web.views.cursors import BadCursor
from web.views.notes import NotesInProgram, NotesToMe, NoteToMe

router = APIRouter(prefix="/v1/programs/{program}", tags=["notes"])

Name = Annotated[str | None, Query(min_length=1, max_length=255)]


@router.get("/me/notes", operation_id="getMyNotes")
def mine(
    program: PathId,
    me: Me,
    readings: ReadFrom,
    desk: Desk,
    after: After,
    known: Known,
    limit: Limit = 20,
) -> NotesToMe:
    """The private notes that came with kudos to me, latest first."""
    with readings.moment() as moment:
        try:
            return received.read(desk, moment, program, me, after or None, limit)
        except BadCursor:
            raise _bad_cursor() from None


@router.get("/me/notes/{kudos_id}", operation_id="getMyNote")
def one_of_mine(
    program: PathId, kudos_id: PathId, me: Me, readings: ReadFrom, desk: Desk, known: Known
) -> NoteToMe:
    """One private note to me."""
    with readings.moment() as moment:
        try:
            return received.read_one(desk, moment, program, me, kudos_id)
        except UnknownNote:
            raise Problem.not_found() from None


@router.post("/me/notes/{kudos_id}/report", operation_id="reportMyNote", status_code=204)
def report(
    program: PathId, kudos_id: PathId, me: Me, readings: ReadFrom, desk: Desk, known: Known
) -> Response:
    """Let coordinators see that a note to me is not as it should be."""
    with readings.moment() as moment:
        try:
            received.report(desk, moment, program, me, kudos_id)
        except UnknownNote:
            raise Problem.not_found() from None
    return Response(status_code=204)


@router.get("/notes", operation_id="getProgramNotes", tags=["coordinator"])
def of_program(
    program: PathId,
    coordinator: AsCoordinator,
    readings: ReadFrom,
    desk: Desk,
    after: After,
    known: Known,
    purpose: Annotated[
        str, Header(min_length=1, max_length=200, description="Why; it is written down")
    ],
    recipient: Name = None,
    giver: Name = None,
    loop: Name = None,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to", description="Included")] = None,
    reported: bool = False,
    limit: Limit = 20,
) -> NotesInProgram:
    """Private notes of the program. Each answer is written down with its purpose, and each
    recipient sees how often a note of theirs was read."""
    why = supervised.readable_purpose(purpose)
    if why is None:
        raise Problem.invalid(Fault("/header/Purpose", "must have 1 to 200 readable characters"))
    wanted = Wanted(recipient, giver, loop, since, until, reported)
    with readings.moment() as moment:
        try:
            return supervised.read(
                desk, moment, program, coordinator.subject, why, wanted, after or None, limit
            )
        except BadCursor:
            raise _bad_cursor() from None
        except TooManyNotes as refused:
            raise Problem.too_many(refused.wait) from None


class NoteSettled(BaseModel):
    """What becomes of a reported note: it stays, or its kudos are retracted."""

    model_config = ConfigDict(extra="forbid", strict=True)

    decision: Decision


@router.post(
    "/notes/{kudos_id}/settle", operation_id="settleNote", tags=["coordinator"], status_code=204
)
def settle(
    program: PathId,
    kudos_id: PathId,
    coordinator: AsCoordinator,
    readings: ReadFrom,
    desk: Desk,
    known: Known,
    chosen: Annotated[NoteSettled, Depends(json_body(NoteSettled))],
) -> Response:
    """Settle the report of a note. To remove it retracts the kudos."""
    with readings.moment() as moment:
        try:
            settling.settle(desk, moment, program, coordinator.subject, kudos_id, chosen.decision)
        except NothingReported:
            raise Problem.not_found() from None
    return Response(status_code=204)


def _bad_cursor() -> Problem:
    return Problem.invalid(Fault("/query/after", "must be the `next` of an answer"))
