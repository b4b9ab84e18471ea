"""Reads the rewards of a program: four statements, however many there are."""

from collections import defaultdict
from collections.abc import Iterable

from engine.catalog.policy import Reward
from events.instants import from_datetime
from governance.rewards import lotteries
from governance.rules import matters
from governance.rules.rewards.cycles import RewardCycle
from governance.store import draws, rewards
from governance.store.rewards import HeldCycle, RewardConsent, RewardGrant, RewardVote
from web.views.committee.docket import Docket, NamedPeople
from web.views.rewards.rewards import (
    ConsentAsked,
    DrawShown,
    MyReward,
    OpenChoice,
    RewardCycleShown,
    RewardSelection,
    RewardShown,
    RewardsShown,
    ShownChoice,
    Spotlight,
)

Key = tuple[str, str, str]
"""A reward, a cycle and a person."""


class _RewardsRead:
    """What the tables have of the rewards of a program."""

    def __init__(self, docket: Docket) -> None:
        tx, program = docket.sitting.tx, docket.program
        self.docket = docket
        self.held = rewards.seeds(tx, program)
        self.grants = rewards.grants(tx, program)
        self.granted = {_key(each) for each in self.grants}
        self.votes: dict[Key, list[RewardVote]] = defaultdict(list)
        self.consents: dict[Key, RewardConsent | None] = {}
        for vote, consent in rewards.choices(tx, program):
            self.votes[_key(vote)].append(vote)
            self.consents[_key(vote)] = consent
        self.rules = {one.name: one for one in docket.rules.policy.rewards}

    def words(self, key: Key) -> str:
        """What the committee writes about somebody."""
        return next((each.words for each in self.votes.get(key, ()) if each.words), "")

    def shown(self) -> list[RewardGrant]:
        """What may be shown of people to everybody."""
        return [
            each
            for each in self.grants
            if (consent := self.consents.get(_key(each))) is not None and consent.stands
        ]

    def open(self) -> list[tuple[Reward, HeldCycle]]:
        """The latest cycle of each reward that the committee gives."""
        latest: dict[str, HeldCycle] = {}
        for cycle, _ in self.held:
            latest.setdefault(cycle.reward, cycle)
        return [
            (reward, latest[name])
            for name, reward in self.rules.items()
            if reward.selection == "committee" and name in latest
        ]

    def people(self) -> NamedPeople:
        """What everybody who is shown is called."""
        wanted = {each.participant for each in self.shown()}
        if self.docket.standing.sits:
            wanted.update(who for _, cycle in self.open() for who in cycle.eligible)
            wanted.update(participant for _, _, participant in self.votes)
        return self.docket.known(*wanted)


def read(docket: Docket) -> RewardsShown:
    """Rules and cycles for everybody, one's own, and what members choose."""
    tables = _RewardsRead(docket)
    known = tables.people()
    me = docket.standing.participant
    return RewardsShown(
        rewards=[_reward(tables, one) for one in tables.rules.values()],
        mine=[_mine(each) for each in tables.grants if each.participant == me],
        spotlights=[_spotlight(tables, known, each) for each in tables.shown()],
        consents=[*_asked(tables, me)],
        choices=[_open(tables, known, *each) for each in tables.open()]
        if docket.standing.sits
        else [],
    )


def draw(docket: Docket, draw_id: str) -> DrawShown | None:
    """A lottery of the program, checked again; None: there is none of that id that who asks may
    see. Proposals for the bench and for pairings are for coordinators and auditors."""
    held = draws.of(docket.sitting.tx, docket.program, draw_id)
    public = ("reward", "bench", "pairing") if docket.standing.reads_all else ("reward",)
    if held is None or held.kind not in public:
        return None
    return DrawShown(
        draw_id=held.draw_id,
        kind=held.kind,
        about=held.about,
        head=held.head,
        beacons=[*held.beacons],
        seed=held.seed,
        digest=held.inputs,
        held_at=from_datetime(held.held_at),
        document=held.document,
        faults=lotteries.verify_held(docket.sitting, held),
    )


def spoken(name: str) -> str:
    """The name of a reward in words."""
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _key(of: RewardGrant | RewardVote) -> Key:
    return (of.reward, of.cycle, of.participant)


def _reward(tables: _RewardsRead, reward: Reward) -> RewardShown:
    docket = tables.docket
    calendar = docket.rules.calendar
    now = RewardCycle.of_day(calendar, reward.cycle, docket.today)
    coming = RewardCycle(reward.cycle, now.number + 1)
    badges = docket.rules.catalog.badge
    return RewardShown(
        reward=reward.name,
        name=spoken(reward.name),
        kind=reward.kind,
        selection=_selection(reward.selection),
        cycle_length="year" if reward.cycle == "year" else "quarter",
        holding=[badges[one].title if one in badges else one for one in reward.holding],
        asks_more=None if reward.also is None else reward.also.words(),
        places=reward.places,
        rest_cycles=reward.rest_cycles,
        needs_consent=reward.consent,
        cycles=[
            RewardCycleShown(
                cycle=cycle.cycle,
                as_of=cycle.as_of,
                eligible=cycle.counted,
                granted=sum(
                    (one, of) == (cycle.reward, cycle.cycle) for one, of, _ in tables.granted
                ),
                seed=seed,
                draw_id=cycle.draw_id,
            )
            for cycle, seed in tables.held
            if cycle.reward == reward.name
        ],
        next_begins=coming.first_day(calendar).isoformat(),
    )


def _selection(text: str) -> RewardSelection:
    return "all" if text == "all" else "lottery" if text == "lottery" else "committee"


def _mine(granted: RewardGrant) -> MyReward:
    return MyReward(
        reward=granted.reward,
        name=spoken(granted.reward),
        kind=granted.kind,
        cycle=granted.cycle,
        selection=granted.selection,
        granted_at=from_datetime(granted.granted_at),
    )


def _spotlight(tables: _RewardsRead, known: NamedPeople, granted: RewardGrant) -> Spotlight:
    return Spotlight(
        person=known.person(granted.participant),
        reward=granted.reward,
        name=spoken(granted.reward),
        cycle=granted.cycle,
        words=tables.words(_key(granted)),
        granted_at=from_datetime(granted.granted_at),
    )


def _asked(tables: _RewardsRead, me: str | None) -> Iterable[ConsentAsked]:
    for key, consent in tables.consents.items():
        reward, cycle, participant = key
        if consent is not None and participant == me:
            yield ConsentAsked(
                reward=reward,
                name=spoken(reward),
                cycle=cycle,
                words=tables.words(key),
                given=consent.stands,
                granted=key in tables.granted,
            )


def _open(tables: _RewardsRead, known: NamedPeople, reward: Reward, cycle: HeldCycle) -> OpenChoice:
    me = tables.docket.standing.participant
    approvers = matters.approvers(tables.docket.rules.policy)
    here = {
        key: votes
        for key, votes in tables.votes.items()
        if key[:2] == (reward.name, cycle.cycle) and key[2] != me
    }
    granted = [key for key in tables.granted if key[:2] == (reward.name, cycle.cycle)]
    places = reward.places or 0
    chosen = {participant for _, _, participant in (*here, *granted)}
    return OpenChoice(
        reward=reward.name,
        name=spoken(reward.name),
        cycle=cycle.cycle,
        needs_consent=reward.consent,
        approvers=approvers,
        places=places,
        left=max(places - len(granted), 0),
        choices=[
            ShownChoice(
                person=known.person(key[2]),
                words=tables.words(key),
                signed=len(votes),
                mine=any(vote.member == me for vote in votes),
                state="granted"
                if key in tables.granted
                else "consent"
                if len(votes) >= approvers
                else "signatures",
            )
            for key, votes in here.items()
        ],
        candidates=[known.person(who) for who in cycle.eligible if who not in chosen and who != me],
    )
