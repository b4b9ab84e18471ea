"""The bench and pairings as answers have them: offers, proposals, and what was confirmed."""

from typing import Literal

from web.views.model import InstantText, View
from web.views.people import Person
from web.views.progress import DayText


class BenchProposed(View):
    """A proposal that nobody confirmed yet. `chosen`: who is proposed, in the order of the draw;
    `terms`: how many each has served; `candidates`: among how many."""

    draw_id: str
    starts_on: DayText
    ends_on: DayText
    seed: str
    chosen: list[Person]
    terms: list[int]
    candidates: int


class BenchSeat(View):
    """Somebody's term. `state`: it comes, runs, or is over; "served" is recorded."""

    person: Person
    starts_on: DayText
    ends_on: DayText
    state: Literal["coming", "running", "over"]


class BenchShown(View):
    """The bench. `seats`: how many there are; `may_offer`: who asks could sit; `offers`: they
    offer to; `discipline`: as they declared. `proposal`, `offered`: to coordinators only, null for
    others."""

    seats: int
    term_months: int
    may_offer: bool
    offers: bool
    discipline: str | None
    terms: list[BenchSeat]
    proposal: BenchProposed | None
    offered: int | None


class PairProposed(View):
    """Two who are proposed. `cost`: what the rule adds up, with two digits."""

    senior: Person
    newcomer: Person
    waiting_since: InstantText
    cost: str


class PairingsProposed(View):
    """A proposal that nobody confirmed yet. `alone`: for whom nobody is left."""

    draw_id: str
    seed: str
    pairs: list[PairProposed]
    alone: list[Person]


class PairingShown(View):
    """Two who are paired, or were. `as_senior`: who asks is the experienced one of the two."""

    record_id: str
    senior: Person
    newcomer: Person
    confirmed_at: InstantText
    ended_at: InstantText | None
    seen_through: bool
    as_senior: bool


class PairingsShown(View):
    """Pairings: all of them to coordinators and auditors, to others their own."""

    pairings: list[PairingShown]
    proposal: PairingsProposed | None
    may_propose: bool
    capacity: int | None
