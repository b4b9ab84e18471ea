"""Cycles of rewards begin: what is for all is granted, lotteries are drawn, members may choose.

Each cycle once, by the facts until its first local day, whenever that is noticed. What the ledger
has of a cycle already was granted elsewhere, and counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory import erased
from engine.catalog.policy import Reward
from engine.queries import recorded
from events.instants import Instant
from events.schemas.reward_granted import RewardGranted
from governance.cases import rules_in_force
from governance.cases.moving import ITSELF
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.rewards import approving, entitled, granting
from governance.rewards.granting import RewardFor
from governance.rules import deadlines, ids
from governance.rules.rewards import lottery_document
from governance.rules.rewards.cycles import RewardCycle
from governance.rules.rewards.lottery import at_rest
from governance.rules.rewards.lottery_document import LotterySeed, LotteryTerms
from governance.store import beacons, draws, log, rewards
from governance.store.draws import Draw
from governance.store.rewards import HeldCycle, RewardSelection

Won = Mapping[str, Mapping[str, set[str]]]
"""Who got a reward, by its name and cycle."""


@dataclass(frozen=True, slots=True)
class CycleBegun:
    """A cycle that was held now: how many were eligible, and who got the reward at once."""

    reward: str
    cycle: str
    eligible: int
    granted: tuple[str, ...]


def begin_due(sitting: Sitting, program: str) -> list[CycleBegun]:
    """Hold the present cycle of each reward, if nobody has. Without anybody who governs nothing is
    held: somebody must answer for what is granted.

    Raises:
        CatalogAltered, PolicyAltered
    """
    rules = rules_in_force.in_force(sitting, program)
    today = deadlines.day_of(rules.calendar, sitting.now)
    if not rules.policy.rewards or not approving.approvers(sitting, rules, program, ""):
        return []
    held = {(each.reward, each.cycle) for each in rewards.cycles(sitting.tx, program)}
    due = [
        (reward, cycle)
        for reward in rules.policy.rewards
        for cycle in [RewardCycle.of_day(rules.calendar, reward.cycle, today)]
        if (reward.name, str(cycle)) not in held
    ]
    if not due:
        return []
    log.lock(sitting.tx)
    won = won_of(sitting, program)
    begun = []
    for at in sorted({cycle.begins(rules.calendar) for _, cycle in due}):
        here = [each for each in due if each[1].begins(rules.calendar) == at]
        able = entitled.of_rewards(sitting, rules, program, [one for one, _ in here], at)
        for reward, cycle in here:
            people = _without_erased(sitting, program, able.of_reward[reward.name])
            moment = _Beginning(sitting, rules, program, at)
            begun.append(moment.hold(reward, cycle, people, won.get(reward.name, {})))
    return begun


def won_of(sitting: Sitting, program: str) -> Won:
    """Who got which reward in which cycle: as the ledger has it, and what waits to be published."""
    won: dict[str, dict[str, set[str]]] = {}
    for fact in recorded.of_types(sitting.engine, program, {RewardGranted.TYPE}):
        by_cycle = won.setdefault(str(fact.data["reward"]), {})
        by_cycle.setdefault(str(fact.data["cycle"]), set()).add(str(fact.data["participant_id"]))
    for each in rewards.grants(sitting.tx, program):
        by_cycle = won.setdefault(each.reward, {})
        by_cycle.setdefault(each.cycle, set()).add(each.participant)
    return won


def _without_erased(sitting: Sitting, program: str, people: frozenset[str]) -> frozenset[str]:
    return frozenset(who for who in people if not erased.is_erased(sitting.tx, program, who))


@dataclass(frozen=True, slots=True)
class _Beginning:
    """Rewards whose cycles begin at one instant."""

    sitting: Sitting
    rules: CommitteeRules
    program: str
    at: Instant

    def hold(
        self,
        reward: Reward,
        cycle: RewardCycle,
        eligible: frozenset[str],
        won: Mapping[str, set[str]],
    ) -> CycleBegun:
        """Hold one cycle. `won`: who got this reward, by cycle."""
        before = won.get(str(cycle), set())
        draw = None
        if reward.selection == "all":
            winners: Sequence[str] = sorted(eligible)
        elif reward.selection == "lottery" and not before:
            draw = self._drawn(reward, cycle, eligible, won)
            winners = lottery_document.read(draw.document or "").winners
            draws.add(self.sitting.tx, draw)
        else:
            winners = ()
        rewards.hold(
            self.sitting.tx,
            HeldCycle(
                self.program, reward.name, str(cycle), self.at, self.rules.policy.digest,
                tuple(sorted(eligible)), len(eligible), draw.draw_id if draw else None,
                self.sitting.now,
            ),
        )  # fmt: skip
        granted = self._grant(reward, cycle, [who for who in winners if who not in before])
        self._note(reward, cycle, len(eligible), len(granted), draw)
        return CycleBegun(reward.name, str(cycle), len(eligible), granted)

    def _drawn(
        self,
        reward: Reward,
        cycle: RewardCycle,
        eligible: frozenset[str],
        won: Mapping[str, set[str]],
    ) -> Draw:
        rest = reward.rest_cycles or 0
        resting = at_rest(won, [str(each) for each in cycle.before(rest)])
        terms = LotteryTerms(
            self.program, reward.name, reward.cycle, str(cycle), self.at, reward.places or 0,
            rest, self.rules.policy.digest,
        )  # fmt: skip
        tx = self.sitting.tx
        seed = LotterySeed(log.head(tx).head, beacons.of(tx, self.program, terms.about))
        drawn = lottery_document.drawn(terms, seed, eligible, resting)
        text = lottery_document.canonical(drawn)
        return Draw(
            ids.reward_draw_id(self.program, reward.name, str(cycle)), self.program, "reward",
            terms.about, seed.head, seed.beacons, str(drawn["seed"]),
            lottery_document.digest(text), self.sitting.now, document=text,
        )  # fmt: skip

    def _grant(self, reward: Reward, cycle: RewardCycle, winners: Sequence[str]) -> tuple[str, ...]:
        granted = []
        for who in winners:
            approvers = approving.approvers(self.sitting, self.rules, self.program, who)
            selection: RewardSelection = "all" if reward.selection == "all" else "lottery"
            what = RewardFor(self.program, reward, str(cycle), selection)
            if approvers and granting.grant(self.sitting, what, who, approvers):
                granted.append(who)
        return tuple(granted)

    def _note(
        self,
        reward: Reward,
        cycle: RewardCycle,
        eligible: int,
        granted: int,
        draw: Draw | None,
    ) -> None:
        body: dict[str, object] = {
            "reward": reward.name, "cycle": str(cycle), "selection": reward.selection,
            "eligible": eligible, "granted": granted,
        }  # fmt: skip
        if draw is not None:
            body |= {
                "draw": "reward", "draw_id": draw.draw_id, "head": draw.head, "seed": draw.seed,
                "document": draw.inputs,
            }  # fmt: skip
        kind: log.LogKind = "reward.granted" if draw is None else "draw.held"
        log.note(self.sitting.tx, self.program, None, kind, ITSELF, body, self.sitting.now)
