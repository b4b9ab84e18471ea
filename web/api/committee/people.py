"""Who governs a program, and conflicts: kept by coordinators, conflicts by everybody for
themselves."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from governance.errors import OfficerChanged
from governance.store import conflicts, people, seats
from governance.store.conflicts import ConflictWhy
from governance.store.people import Officer, Role
from web.api.asking import Known
from web.api.committee.asking import AsCoordinator, Heard
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.problems import Fault, Problem
from web.views.committee import people_reading
from web.views.committee.docket import Docket
from web.views.committee.people import CommitteeShown, OfficerShown

router = APIRouter(prefix="/v1/programs/{program}", tags=["committee"])

_BODY = ConfigDict(extra="forbid", frozen=True)
_Id = Annotated[str, Field(min_length=1, max_length=255)]
_MOST_OF_AN_EMPLOYER = 120


class OfficeGiven(BaseModel):
    """What part somebody has. `term_until`, `leave_until`: last days where the program is."""

    model_config = _BODY

    roles: list[Role] = Field(max_length=5)
    term_until: date | None = None
    leave_until: date | None = None
    employer: str | None = Field(None, min_length=1, max_length=_MOST_OF_AN_EMPLOYER)


class ConflictDeclared(BaseModel):
    """Two people of whom one may not decide about the other. `one`: who asks, if left out; only
    coordinators name somebody else."""

    model_config = _BODY

    other: _Id
    why: ConflictWhy
    one: _Id | None = None


@router.get("/committee", operation_id="getCommittee")
def committee(heard: Heard, known: Known) -> CommitteeShown:
    """Who governs the program, as far as I may know, and the conflicts that stand."""
    with heard.docket() as docket:
        return people_reading.read(docket)


@router.get("/committee/{participant}", operation_id="getOfficer")
def one(
    participant: PathId, heard: AsCoordinator, response: Response, known: Known
) -> OfficerShown:
    """What part somebody has, with the ETag that a change names; nobody has none at version 0."""
    with heard.docket() as docket:
        officer = people.of(docket.sitting.tx, heard.program, participant)
        return _shown(docket, officer or Officer(heard.program, participant), response)


@router.put("/committee/{participant}", operation_id="putOfficer")
def write(
    participant: PathId,
    heard: AsCoordinator,
    response: Response,
    known: Known,
    office: Annotated[OfficeGiven, Depends(json_body(OfficeGiven))],
    if_match: Annotated[str | None, Header(description="The ETag of what is changed, or *")] = None,
) -> OfficerShown:
    """Give somebody a part, or take it away, if nobody changed it since I read it."""
    if if_match is None:
        raise Problem("precondition-required")
    with heard.docket() as docket:
        officer = people.of(docket.sitting.tx, heard.program, participant)
        version = officer.version if officer is not None else 0
        if if_match.strip() not in ("*", f'"{version}"'):
            raise Problem("precondition-failed")
        wanted = Officer(
            heard.program,
            participant,
            frozenset(office.roles),
            office.term_until,
            office.leave_until,
            office.employer,
            version,
        )
        by = heard.principal.subject
        try:
            written = people.write(docket.sitting.tx, wanted, by, docket.sitting.now)
        except OfficerChanged:
            raise Problem("precondition-failed") from None
        return _shown(docket, written, response)


@router.post("/conflicts", operation_id="declareConflict", status_code=204)
def declare(
    heard: Heard,
    known: Known,
    declared: Annotated[ConflictDeclared, Depends(json_body(ConflictDeclared))],
) -> None:
    """Declare a conflict. One that stands already stays as it is."""
    with heard.docket() as docket:
        pair = pair_of(docket, declared.one, declared.other)
        by = heard.participant or heard.principal.subject
        conflicts.declare(
            docket.sitting.tx, heard.program, pair, declared.why, by, docket.sitting.now
        )


@router.delete("/conflicts", operation_id="endConflict", status_code=204)
def end(
    heard: Heard,
    known: Known,
    other: Annotated[str, Query(min_length=1, max_length=255)],
    why: ConflictWhy,
    one: Annotated[str | None, Query(min_length=1, max_length=255)] = None,
) -> None:
    """End a conflict that I declared, or, as a coordinator, any. Without one nothing happens."""
    with heard.docket() as docket:
        pair = pair_of(docket, one, other)
        by = heard.participant or heard.principal.subject
        check_mine(docket, pair, why)
        conflicts.end(docket.sitting.tx, heard.program, pair, why, by, docket.sitting.now)


def _shown(docket: Docket, officer: Officer, response: Response) -> OfficerShown:
    response.headers["ETag"] = f'"{officer.version}"'
    load = seats.load(docket.sitting.tx, docket.program).get(officer.participant, 0)
    return people_reading.of(docket, officer, docket.known(officer.participant), load)


def check_mine(docket: Docket, pair: tuple[str, str], why: ConflictWhy) -> None:
    """Raises Problem for a conflict that somebody else declared: who is in one cannot end it."""
    if docket.standing.coordinates:
        return
    for each in conflicts.of_person(docket.sitting.tx, docket.program, pair[0]):
        same = {each.one, each.other} == set(pair) and each.why == why
        if same and each.declared_by != docket.standing.participant:
            raise Problem("not-allowed", sentence="Who declared it, or a coordinator, ends it.")


def pair_of(docket: Docket, one: str | None, other: str) -> tuple[str, str]:
    """Whose conflict it is: of who asks, but for coordinators. Raises Problem."""
    standing = docket.standing
    first = one or standing.participant
    if first is None:
        raise Problem.invalid(Fault("/one", "must name somebody"))
    if standing.participant not in (first, other) and not standing.coordinates:
        raise Problem.not_found()
    if first == other:
        raise Problem.invalid(Fault("/other", "must be somebody else"))
    return first, other
