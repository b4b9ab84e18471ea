"""The committee chooses whom a reward goes to: two members sign for somebody who may have it.

What is published of somebody needs their consent as well: they read what would be shown first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from engine.catalog.policy import Reward
from events.schemas.values import MOST_OF_A_NARRATIVE
from governance import notices
from governance.cases import rules_in_force, seating
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs import relations
from governance.rewards import granting
from governance.rewards.granting import RewardFor
from governance.rules import deadlines, ids, matters
from governance.rules.signing import is_fresh
from governance.store import log, people, rewards
from governance.store.rewards import HeldCycle, RewardVote


@dataclass(frozen=True, slots=True)
class RewardChoice:
    """Whom a member signs for. `words`: why, which is published with it; for a reward that needs no
    consent, empty."""

    reward: str
    cycle: str
    participant: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ChoiceState:
    """How a choice stands after a signature: how many signed, and whether it was granted."""

    signatures: int
    granted: bool
    waits_for_consent: bool = False


def sign(
    sitting: Sitting,
    program: str,
    member: str,
    authenticated_at: datetime | None,
    choice: RewardChoice,
) -> ChoiceState:
    """Sign for somebody; the reward is granted with the last signature that it needs, or with the
    consent after it. The same signature again changes nothing.

    Raises:
        CaseRefused: unknown-matter, as there is no such cycle of a reward of the committee, or they
            may not have it; is-subject; not-seated, as they are not of the committee; recused, as
            they are too close; authenticate-again; statement-needed, as nobody wrote what is to be
            published; too-late, as all places are given.
    """
    log.lock(sitting.tx)  # one signature at a time, so that the last one sees the others
    rules = rules_in_force.in_force(sitting, program)
    reward, held = _chosen_from(sitting, rules, program, choice)
    _check_member(sitting, rules, program, member, authenticated_at, choice)
    signed = votes_for(sitting, program, choice)
    if reward.consent and not signed and not choice.words.strip():
        raise CaseRefused("statement-needed", "Write what is to be published about them.")
    if any(each.member == member for each in signed):
        return _state(sitting, rules, program, reward, choice, signed)
    _check_place(sitting, program, reward, held)
    vote = RewardVote(
        program, reward.name, held.cycle, choice.participant, member,
        choice.words.strip() if reward.consent and not signed else "", sitting.now,
    )  # fmt: skip
    rewards.vote(sitting.tx, vote)
    signed.append(vote)
    reward_id = ids.reward_id(program, reward.name, held.cycle, choice.participant)
    body = {"reward": reward.name, "cycle": held.cycle, "reward_id": reward_id}
    log.note(sitting.tx, program, None, "reward.voted", member, body, sitting.now)
    if len(signed) == matters.approvers(rules.policy) and reward.consent:
        rewards.ask_consent(sitting.tx, program, reward.name, held.cycle, choice.participant)
        asked = ids.reward_consent_id(reward_id)
        notices.notify_of(sitting, program, asked, "reward", [choice.participant])
    return _grant_if_ready(sitting, rules, program, reward, choice, signed)


def consent(
    sitting: Sitting, program: str, participant: str, reward: str, cycle: str, *, given: bool
) -> None:
    """Let something be published about oneself, or take that back: at once, whenever.

    Raises:
        CaseRefused: unknown-matter, as nobody was asked; too-late, as all places are given.
    """
    log.lock(sitting.tx)
    if not any(
        (each.reward, each.cycle, each.participant) == (reward, cycle, participant)
        for each in rewards.consents(sitting.tx, program)
    ):
        raise CaseRefused("unknown-matter", "Nobody asks for this consent.")
    rewards.answer_consent(
        sitting.tx, program, reward, cycle, participant, sitting.now, given=given
    )
    if given:
        rules = rules_in_force.in_force(sitting, program)
        choice = RewardChoice(reward, cycle, participant)
        known, held = _chosen_from(sitting, rules, program, choice, again=True)
        _check_place(sitting, program, known, held, but_for=participant)
        signed = votes_for(sitting, program, choice)
        _grant_if_ready(sitting, rules, program, known, choice, signed)


def votes_for(sitting: Sitting, program: str, choice: RewardChoice) -> list[RewardVote]:
    """The signatures for somebody, in their order."""
    wanted = (choice.reward, choice.cycle, choice.participant)
    return [
        each
        for each in rewards.votes(sitting.tx, program)
        if (each.reward, each.cycle, each.participant) == wanted
    ]


def in_conflict(sitting: Sitting, program: str, member: str, others: Iterable[str]) -> set[str]:
    """Those of these people whom a member is too close to. Raises CatalogAltered, PolicyAltered."""
    return set(relations.conflicted(sitting, program, member, list(others)))


def _chosen_from(
    sitting: Sitting,
    rules: CommitteeRules,
    program: str,
    choice: RewardChoice,
    *,
    again: bool = False,
) -> tuple[Reward, HeldCycle]:
    reward = next((one for one in rules.policy.rewards if one.name == choice.reward), None)
    held = rewards.cycle(sitting.tx, program, choice.reward, choice.cycle)
    if reward is None or held is None or reward.selection != "committee":
        raise CaseRefused("unknown-matter", "The committee gives no such reward in this cycle.")
    if choice.participant not in held.eligible and not again:
        raise CaseRefused("unknown-matter", "They may not have this reward in this cycle.")
    return reward, held


def _check_member(
    sitting: Sitting,
    rules: CommitteeRules,
    program: str,
    member: str,
    authenticated_at: datetime | None,
    choice: RewardChoice,
) -> None:
    if member == choice.participant:
        raise CaseRefused("is-subject", "Nobody signs for themselves.")
    officer = people.of(sitting.tx, program, member)
    today = deadlines.day_of(rules.calendar, sitting.now)
    if (
        officer is None
        or not any(officer.serves(role, today) for role in seating.DECIDE)
        or officer.is_away(today)
    ):
        raise CaseRefused("not-seated", "You are not of the committee today.")
    if in_conflict(sitting, program, member, [choice.participant]):
        raise CaseRefused("recused", "You are too close to them to sign.")
    if not is_fresh(authenticated_at, sitting.now):
        raise CaseRefused(
            "authenticate-again",
            "Sign in again: a signature needs that within five minutes before it.",
        )
    if len(choice.words) > MOST_OF_A_NARRATIVE:
        raise CaseRefused("not-allowed", f"Write at most {MOST_OF_A_NARRATIVE} characters.")


def _check_place(
    sitting: Sitting, program: str, reward: Reward, held: HeldCycle, but_for: str = ""
) -> None:
    """Raises CaseRefused if everybody who may have the reward of a cycle has it."""
    given = [
        each
        for each in rewards.grants(sitting.tx, program)
        if (each.reward, each.cycle) == (reward.name, held.cycle) and each.participant != but_for
    ]
    if reward.places is not None and len(given) >= reward.places:
        raise CaseRefused("too-late", "All places of this cycle are given.")


def _grant_if_ready(
    sitting: Sitting,
    rules: CommitteeRules,
    program: str,
    reward: Reward,
    choice: RewardChoice,
    signed: list[RewardVote],
) -> ChoiceState:
    state = _state(sitting, rules, program, reward, choice, signed)
    if state.granted or state.waits_for_consent:
        return state
    number = matters.approvers(rules.policy)
    if len(signed) < number:
        return state
    approvers = tuple(sorted(each.member for each in signed[:number]))
    what = RewardFor(program, reward, choice.cycle, "committee")
    granted = granting.grant(sitting, what, choice.participant, approvers)
    body = {
        "reward": reward.name, "cycle": choice.cycle, "selection": "committee",
        "approvers": list(approvers),
    }  # fmt: skip
    if granted:
        log.note(sitting.tx, program, None, "reward.granted", "governance", body, sitting.now)
    return ChoiceState(len(signed), granted=True)


def _state(
    sitting: Sitting,
    rules: CommitteeRules,
    program: str,
    reward: Reward,
    choice: RewardChoice,
    signed: list[RewardVote],
) -> ChoiceState:
    wanted = (choice.reward, choice.cycle)
    granted = any(
        (each.reward, each.cycle) == wanted
        for each in rewards.grants(sitting.tx, program, choice.participant)
    )
    stands = any(
        (each.reward, each.cycle, each.participant) == (*wanted, choice.participant) and each.stands
        for each in rewards.consents(sitting.tx, program)
    )
    enough = len(signed) >= matters.approvers(rules.policy)
    waits = not granted and enough and reward.consent and not stands
    return ChoiceState(len(signed), granted, waits)
