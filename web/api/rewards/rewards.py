"""Rewards: by which rules they are given, how many were eligible, and draws that everybody can
check again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from governance.rewards import choosing
from governance.rewards.choosing import RewardChoice
from web.api.asking import Known
from web.api.committee.asking import AsMemberOfCommittee, AsSubject, Heard
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.views.rewards import reward_reading
from web.views.rewards.rewards import DrawShown, RewardsShown

router = APIRouter(prefix="/v1/programs/{program}", tags=["rewards"])

_BODY = ConfigDict(extra="forbid", frozen=True)
_Id = Annotated[str, Field(min_length=1, max_length=255)]


class ChosenReward(BaseModel):
    """Whom I sign for. `words`: why, which is shown with it; of a reward that nobody is shown for,
    left out."""

    model_config = _BODY

    reward: _Id
    cycle: _Id
    participant: _Id
    words: str = Field("", max_length=8_000)


class RewardConsentGiven(BaseModel):
    """Whether I let a reward of mine be shown."""

    model_config = _BODY

    reward: _Id
    cycle: _Id
    given: bool


@router.get("/rewards", operation_id="getRewards")
def rewards(heard: Heard, known: Known) -> RewardsShown:
    """All rewards by their rules and cycles; mine; and, to members, whom the committee chooses."""
    with heard.docket() as docket:
        return reward_reading.read(docket)


@router.get("/draws/{draw_id}", operation_id="getDraw")
def draw(request: Request, draw_id: PathId, heard: Heard, known: Known) -> DrawShown:
    """A draw with all that it was drawn from, and whether it was drawn by the rules."""
    with heard.docket() as docket:
        shown = reward_reading.draw(docket, draw_id)
    if shown is None:
        raise denied(request)
    return shown


@router.post("/rewards/choices", operation_id="chooseForReward", status_code=204)
def choose(
    heard: AsMemberOfCommittee,
    known: Known,
    chosen: Annotated[ChosenReward, Depends(json_body(ChosenReward))],
) -> None:
    """Sign for somebody. The same signature again changes nothing."""
    with heard.sitting() as sitting:
        choosing.sign(
            sitting,
            heard.program,
            heard.participant or "",
            heard.principal.authenticated_at,
            RewardChoice(chosen.reward, chosen.cycle, chosen.participant, chosen.words),
        )


@router.post("/rewards/consents", operation_id="consentToReward", status_code=204)
def consent(
    heard: AsSubject,
    known: Known,
    answer: Annotated[RewardConsentGiven, Depends(json_body(RewardConsentGiven))],
) -> None:
    """Let a reward of mine be shown, or not any more."""
    with heard.sitting() as sitting:
        choosing.consent(
            sitting,
            heard.program,
            heard.participant or "",
            answer.reward,
            answer.cycle,
            given=answer.given,
        )
