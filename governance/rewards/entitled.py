"""Who may have a reward of a cycle: holders in good standing who meet what else it asks for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.catalog.policy import Policy, Reward, Stage
from engine.queries import eligibility
from engine.queries.eligibility import Question
from engine.queries.errors import UnknownProgram
from engine.store.awards import standing as awards
from events.instants import Instant, from_datetime
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.rules.rewards.standing import Grace, enough_for, holders, holding_all
from governance.rules.states import STATES, CaseKind
from governance.store import cases

_AS_STAGE = "reward "
_RENEWALS: tuple[CaseKind, ...] = ("renewal",)


@dataclass(frozen=True, slots=True)
class Entitled:
    """Who may have each of some rewards, by its name, as of an instant."""

    as_of: Instant
    of_reward: dict[str, frozenset[str]]


def of_rewards(
    sitting: Sitting, rules: CommitteeRules, program: str, rewards: Sequence[Reward], at: Instant
) -> Entitled:
    """Everybody who may have these rewards, by the facts until the instant. The ledger is read once
    if one of them asks for more than a badge.

    Raises:
        CatalogAltered
    """
    stages = [stage.badge for stage in rules.policy.stages]
    badges = {badge for reward in rewards for badge in reward.holding}
    wanted = {each for badge in badges for each in enough_for(badge, stages)}
    held = awards.of_badges(sitting.engine.tx, program, wanted)
    grace = grace_at(sitting, rules, program, at)
    able = {
        reward.name: holding_all(reward.holding, stages, held, at, rules.calendar, grace)
        for reward in rewards
    }
    asking = [reward for reward in rewards if reward.also is not None and able[reward.name]]
    for name, meeting in _meeting(sitting, rules, program, asking, at).items():
        able[name] &= meeting
    return Entitled(at, able)


def in_good_standing(
    sitting: Sitting, rules: CommitteeRules, program: str, badge: str, at: Instant
) -> frozenset[str]:
    """Everybody who holds a badge, or a stage above it, in good standing, grace included."""
    stages = [stage.badge for stage in rules.policy.stages]
    held = awards.of_badges(sitting.engine.tx, program, enough_for(badge, stages))
    grace = grace_at(sitting, rules, program, at)
    return holders(badge, stages, held, at, rules.calendar, grace)


def grace_at(sitting: Sitting, rules: CommitteeRules, program: str, at: Instant) -> Grace:
    """Whose renewal was open at the instant. One that was withdrawn gives nobody time."""
    renewing = frozenset(
        (case.subject, case.about)
        for case in cases.page(sitting.tx, program, STATES, _RENEWALS)
        if case.state != "withdrawn"
        and from_datetime(case.opened_at) <= at
        and (case.decided_at is None or from_datetime(case.decided_at) > at)
    )
    return Grace(rules.deadlines.grace, renewing)


def _meeting(
    sitting: Sitting, rules: CommitteeRules, program: str, rewards: Sequence[Reward], at: Instant
) -> dict[str, set[str]]:
    """Who meets what each of these rewards asks for besides badges."""
    if not rewards:
        return {}
    question = Question(rules.catalog, _asking(rules.policy, rewards), at)
    meeting: dict[str, set[str]] = defaultdict(set)
    try:
        for one in eligibility.of_program(sitting.engine, program, question):
            if one.met:
                meeting[one.stage.removeprefix(_AS_STAGE)].add(one.participant_id)
    except UnknownProgram:
        pass  # nothing of it was accepted yet
    return {reward.name: meeting[reward.name] for reward in rewards}


def _asking(policy: Policy, rewards: Sequence[Reward]) -> Policy:
    """A policy that asks what rewards ask, each as if it were a stage. They stand below the stages,
    which are asked for nothing here and keep their order."""
    asked = [
        Stage(_AS_STAGE + reward.name, "", 0, reward.also, None, "", (), (), "")
        for reward in rewards
    ]
    silent = [replace(stage, given=None, renewed=None) for stage in policy.stages]
    return replace(policy, stages=(*asked, *silent))
