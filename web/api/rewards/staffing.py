"""The bench and pairings: coordinators draw proposals and confirm them."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from governance.rewards import benches, pairings
from governance.store.bench import Offer
from web.api.asking import Known
from web.api.committee.asking import AsCoordinator, AsSubject, Heard
from web.api.json_bodies import json_body
from web.views.rewards import staffing_reading
from web.views.rewards.staffing import (
    BenchProposed,
    BenchShown,
    PairingsProposed,
    PairingsShown,
)

router = APIRouter(prefix="/v1/programs/{program}", tags=["rewards"])

_BODY = ConfigDict(extra="forbid", frozen=True)
_Id = Annotated[str, Field(min_length=1, max_length=255)]
_People = Annotated[list[_Id], Field(max_length=500)]


class OfferGiven(BaseModel):
    """What I tell of myself. `bench`: I offer to sit on it; `discipline`: for pairings."""

    model_config = _BODY

    bench: bool
    discipline: str | None = Field(None, max_length=80)


class ProposalConfirmed(BaseModel):
    """Whom of a proposal I confirm: of the bench who sits, of pairings which newcomers."""

    model_config = _BODY

    draw_id: _Id
    people: _People


class PairingEnded(BaseModel):
    """A pairing that is over. `seen_through`: the newcomer's first cohort has ended."""

    model_config = _BODY

    record_id: _Id
    seen_through: bool


@router.get("/bench", operation_id="getBench")
def bench(heard: Heard, known: Known) -> BenchShown:
    """Who sits on the bench, and what I offered."""
    with heard.docket() as docket:
        return staffing_reading.of_bench(docket)


@router.post("/bench/offers", operation_id="offerForBench", status_code=204)
def offer(
    heard: AsSubject,
    known: Known,
    offered: Annotated[OfferGiven, Depends(json_body(OfferGiven))],
) -> None:
    """Offer to sit, or not any more; declare a discipline."""
    me = heard.participant or ""
    with heard.sitting() as sitting:
        written = Offer(heard.program, me, offered.bench, offered.discipline)
        benches.offer(sitting, heard.program, me, written)


@router.post("/bench/proposal", operation_id="proposeBench")
def propose_bench(heard: AsCoordinator, known: Known) -> BenchProposed:
    """Draw who sits next; the proposal that nobody confirmed yet, if there is one."""
    with heard.docket() as docket:
        draw = benches.propose(docket.sitting, heard.program, heard.principal.subject)
        return staffing_reading.of_bench_draw(docket, draw)


@router.post("/bench/confirm", operation_id="confirmBench", status_code=204)
def confirm_bench(
    heard: AsCoordinator,
    known: Known,
    confirmed: Annotated[ProposalConfirmed, Depends(json_body(ProposalConfirmed))],
) -> None:
    """Seat those of a proposal whom I confirm."""
    with heard.sitting() as sitting:
        by = heard.principal.subject
        benches.confirm(sitting, heard.program, confirmed.draw_id, by, confirmed.people)


@router.get("/pairings", operation_id="getPairings")
def all_pairings(heard: Heard, known: Known) -> PairingsShown:
    """Pairings: mine; to coordinators and auditors all of them, and the proposal."""
    with heard.docket() as docket:
        return staffing_reading.of_pairings(docket)


@router.post("/pairings/proposal", operation_id="proposePairings")
def propose_pairings(heard: AsCoordinator, known: Known) -> PairingsProposed:
    """Propose who is paired with whom; the proposal that nobody confirmed yet, if there is one."""
    with heard.docket() as docket:
        draw = pairings.propose(docket.sitting, heard.program, heard.principal.subject)
        return staffing_reading.of_pairing_draw(docket, draw)


@router.post("/pairings/confirm", operation_id="confirmPairings", status_code=204)
def confirm_pairings(
    heard: AsCoordinator,
    known: Known,
    confirmed: Annotated[ProposalConfirmed, Depends(json_body(ProposalConfirmed))],
) -> None:
    """Pair those newcomers of a proposal whom I confirm."""
    with heard.sitting() as sitting:
        by = heard.principal.subject
        pairings.confirm(sitting, heard.program, confirmed.draw_id, by, confirmed.people)


@router.post("/pairings/end", operation_id="endPairing", status_code=204)
def end_pairing(
    heard: AsCoordinator,
    known: Known,
    ended: Annotated[PairingEnded, Depends(json_body(PairingEnded))],
) -> None:
    """End a pairing; one that saw a newcomer through is recorded of the senior."""
    with heard.sitting() as sitting:
        by = heard.principal.subject
        pairings.end(sitting, heard.program, ended.record_id, by, seen_through=ended.seen_through)
