"""Rewards as answers have them: rules, cycles that were held, one's own, and who is shown."""

from typing import Literal

from web.views.model import InstantText, View
from web.views.people import Person

RewardSelection = Literal["all", "lottery", "committee"]


class RewardCycleShown(View):
    """A cycle that was held. `as_of`: when people were asked; `eligible`, `granted`: how many;
    `seed`, `draw_id`: of the lottery, null where nothing was drawn."""

    cycle: str
    as_of: InstantText
    eligible: int
    granted: int
    seed: str | None
    draw_id: str | None


class RewardShown(View):
    """A reward by its rule. `holding`: badges, in words; `asks_more`: what else is asked, as lines
    in words; `places`, `rest_cycles`: null where they limit nothing. `next_begins`: the first day
    of the cycle that comes next."""

    reward: str
    name: str
    kind: str
    selection: RewardSelection
    cycle_length: Literal["quarter", "year"]
    holding: list[str]
    asks_more: str | None
    places: int | None
    rest_cycles: int | None
    needs_consent: bool
    cycles: list[RewardCycleShown]
    next_begins: str


class MyReward(View):
    """A reward of who asks."""

    reward: str
    name: str
    kind: str
    cycle: str
    selection: RewardSelection
    granted_at: InstantText


class Spotlight(View):
    """What is shown of somebody, with their consent."""

    person: Person
    reward: str
    name: str
    cycle: str
    words: str
    granted_at: InstantText


class ConsentAsked(View):
    """What the committee wants to show of who asks. `given`: they let it be shown."""

    reward: str
    name: str
    cycle: str
    words: str
    given: bool
    granted: bool


class ShownChoice(View):
    """Somebody whom the committee chooses for a reward. `signed`: how many members did; `mine`: who
    asks is one of them; `state`: waits for a signature, or for consent, or is granted."""

    person: Person
    words: str
    signed: int
    mine: bool
    state: Literal["signatures", "consent", "granted"]


class OpenChoice(View):
    """A cycle of a reward of the committee. `left`: how many places nobody has; `candidates`:
    everybody eligible whom nobody has signed for, but who asks."""

    reward: str
    name: str
    cycle: str
    needs_consent: bool
    approvers: int
    places: int
    left: int
    choices: list[ShownChoice]
    candidates: list[Person]


class RewardsShown(View):
    """The rewards of a program as far as who asks may know. `choices`: to members only."""

    rewards: list[RewardShown]
    mine: list[MyReward]
    spotlights: list[Spotlight]
    consents: list[ConsentAsked]
    choices: list[OpenChoice]


class DrawShown(View):
    """A draw that was held. `document`: the text that its hash is of, null once somebody whom it
    names was erased; `faults`: what is wrong with it, none if it was drawn by the rules."""

    draw_id: str
    kind: str
    about: str
    head: str
    beacons: list[str]
    seed: str
    digest: str
    held_at: InstantText
    document: str | None
    faults: list[str]
