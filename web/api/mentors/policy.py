"""The policy of a program: what is in force, who adopted it and why, what differs, whom another
threshold would concern, and proposals."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query
from pydantic import BaseModel, ConfigDict, Field

from engine.queries.errors import UnknownProgram
from governance.errors import ProposalFault, ProposalRefused
from governance.policies import proposals, simulation
from governance.policies.proposals import WantedChange
from governance.policies.simulation import SimulationTooLong
from governance.rules.policies.thresholds import OtherThreshold
from web.api.asking import Known
from web.api.committee.asking import AsCoordinator, Heard, Hearing, asked_as
from web.api.committee.cases import Words
from web.api.json_bodies import json_body
from web.problems import Fault, Kind, Problem
from web.views.committee.docket import Docket
from web.views.mentors import policy
from web.views.mentors.policy import (
    PolicyDifferencesShown,
    PolicyShown,
    ProposalShown,
    SimulationShown,
    UnknownPolicy,
)

router = APIRouter(prefix="/v1/programs/{program}/policy", tags=["policy"])

AsSimulating = Annotated[Hearing, Depends(asked_as(lambda standing: standing.reads_minutes))]
SECONDS = 20.0
"""How long a simulation may run."""

_BODY = ConfigDict(extra="forbid", frozen=True)
_Digest = Annotated[str, Query(pattern="^[0-9a-f]{64}$")]
LineOfPolicy = Annotated[str, Query(max_length=600, description="The `line` of a threshold")]

_FAULTS: dict[ProposalFault, tuple[str, str]] = {
    "unknown-line": ("/line", "must be a line of a stage that asks for a number"),
    "does-not-fit": ("/number", "must be a number, and a sample, that the line could ask for"),
    "no-words": ("/words", "must say why"),
}
_KINDS: dict[ProposalFault, Kind] = {
    "unknown-proposal": "not-found",
    "answered": "not-in-state",
}


class ProposalMade(BaseModel):
    """A proposal. `line`: the address of a line of a stage, with the `number` and `sample` that it
    is to ask for; without one it is about something else."""

    model_config = _BODY

    words: Words
    line: str | None = Field(None, max_length=600)
    number: float | None = None
    sample: int | None = None


class ProposalAnswered(BaseModel):
    """What a coordinator answers."""

    model_config = _BODY

    proposal_id: str = Field(max_length=64)
    answer: Literal["accepted", "declined"]
    words: Words | None = None


@router.get("", operation_id="getPolicy")
def current(heard: Heard, known: Known) -> PolicyShown:
    """The policy in force, its history, the lines that ask for a number, and proposals."""
    with heard.docket() as docket:
        return policy.read(docket)


@router.get("/differences", operation_id="getPolicyDifferences")
def differences(
    heard: Heard,
    known: Known,
    before: Annotated[_Digest, Query(alias="from")],
    after: Annotated[_Digest, Query(alias="to")],
) -> PolicyDifferencesShown:
    """What differs between two policies that the program went by."""
    with heard.docket() as docket:
        try:
            return policy.compare(docket, before, after)
        except UnknownPolicy:
            raise Problem.not_found() from None


@router.get("/simulation", operation_id="getPolicySimulation")
def simulate(
    heard: AsSimulating,
    known: Known,
    line: LineOfPolicy,
    number: float,
    sample: Annotated[int | None, Query(ge=1)] = None,
) -> SimulationShown:
    """Whom another threshold would concern. Nothing is changed. Names are for coordinators."""
    with heard.docket() as docket, proposal_refusals():
        return simulated(docket, line, OtherThreshold(number, sample))


@router.post("/proposals", operation_id="proposePolicy", status_code=201)
def propose(
    heard: Heard,
    known: Known,
    made: Annotated[ProposalMade, Depends(json_body(ProposalMade))],
    idempotency_key: Annotated[str | None, Header()] = None,
) -> ProposalShown:
    """Propose another number for a line, or something else. The same key again is the same
    proposal."""
    other = None if made.number is None else OtherThreshold(made.number, made.sample)
    wanted = WantedChange(made.words, made.line, other)
    by = heard.participant or heard.principal.subject
    with heard.docket() as docket, proposal_refusals():
        key = proposal_key(idempotency_key)
        one = proposals.propose(docket.sitting, heard.program, by, wanted, key)
        return policy.proposal(docket, one)


@router.post("/answers", operation_id="answerPolicyProposal")
def answer(
    heard: AsCoordinator,
    known: Known,
    answered: Annotated[ProposalAnswered, Depends(json_body(ProposalAnswered))],
) -> ProposalShown:
    """Answer a proposal, as a coordinator, once."""
    by = heard.principal.subject
    with heard.docket() as docket, proposal_refusals():
        one = proposals.answer(
            docket.sitting,
            heard.program,
            answered.proposal_id,
            answered.answer,
            answered.words or "",
            by,
        )
        return policy.proposal(docket, one)


def simulated(docket: Docket, line: str, other: OtherThreshold) -> SimulationShown:
    """A simulation, for as long as it may run.

    Raises:
        Problem: unavailable; not-found, as nothing of the program was accepted yet
        ProposalRefused: unknown-line, does-not-fit
    """
    end = time.monotonic() + SECONDS
    try:
        made = simulation.simulate(
            docket.sitting, docket.program, line, other, lambda: time.monotonic() < end
        )
    except SimulationTooLong:
        raise Problem.unavailable() from None
    except UnknownProgram:
        raise Problem.not_found() from None
    return policy.simulated(docket, made)


@contextmanager
def proposal_refusals() -> Iterator[None]:
    """Raises Problem for what is refused within."""
    try:
        yield
    except ProposalRefused as refused:
        raise problem_of(refused) from None


def problem_of(refused: ProposalRefused) -> Problem:
    """The problem that a refusal is answered with."""
    if refused.kind in _FAULTS:
        return Problem.invalid(Fault(*_FAULTS[refused.kind]))
    return Problem(_KINDS[refused.kind])


def proposal_key(key: str | None) -> str:
    """The id of a proposal, as its maker chose it. Raises Problem."""
    try:
        chosen = UUID(key or "")
    except ValueError:
        chosen = None
    if chosen is None or chosen.version != 4:
        raise Problem("idempotency-key-missing", sentence="Send the header with a new UUIDv4.")
    return str(chosen)
