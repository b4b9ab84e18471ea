"""Somebody gets a reward: a row, a fact and a notice, at once."""

from dataclasses import dataclass

from engine.catalog.policy import Reward
from events.schemas.reward_granted import RewardGranted
from governance import notices, published
from governance.committee import Sitting
from governance.rules import ids
from governance.store import outbox, rewards
from governance.store.rewards import RewardGrant, RewardSelection


@dataclass(frozen=True, slots=True)
class RewardFor:
    """Which reward of which cycle somebody is to get, and how it was decided."""

    program: str
    reward: Reward
    cycle: str
    selection: RewardSelection


def grant(sitting: Sitting, what: RewardFor, participant: str, approvers: tuple[str, ...]) -> bool:
    """Grant it; False: they have it of this cycle. Raises InvalidData."""
    reward = what.reward
    reward_id = ids.reward_id(what.program, reward.name, what.cycle, participant)
    granted = RewardGrant(
        reward_id, what.program, reward.name, reward.kind, what.cycle, participant,
        what.selection, approvers, sitting.now,
    )  # fmt: skip
    if not rewards.grant(sitting.tx, granted):
        return False
    data = {
        "reward_id": reward_id, "reward": reward.name, "kind": reward.kind, "cycle": what.cycle,
        "approver_ids": list(approvers),
    }  # fmt: skip
    fact = published.fact(
        what.program, participant, RewardGranted.TYPE, reward_id, data, sitting.now,
        ids.reward_event_id(reward_id),
    )  # fmt: skip
    outbox.put(sitting.tx, [fact], sitting.now)
    notices.notify_of(sitting, what.program, reward_id, "reward", [participant])
    return True
