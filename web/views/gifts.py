"""Kudos as their giver sees them: to whom, which, when, and what became of them; never the note."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from directory import lookup, programs
from engine.queries import fates
from engine.queries.fates import KudosFate, PublishedKudos
from events.instants import from_datetime
from web.kudos import withdrawal
from web.kudos.reasons import WORDS
from web.store.gifts import Gift
from web.views import people
from web.views.model import InstantText, View
from web.views.moment import Moment
from web.views.people import Person

GiftStateShown = Literal[
    "held", "sent", "awarded", "refused", "cancelled", "withdrawing", "withdrawn"
]


class GivenKudos(View):
    """Kudos that somebody gave. `name`: of the badge. `undo_until`: until then they are held back,
    and undoing leaves no trace. `withdrawable_until`: null where they cannot be withdrawn (any
    more). `refused_because`: in words, of what was refused."""

    kudos_id: str
    award_id: str
    loop_id: str
    loop_name: str | None
    recipient: Person
    kind: str
    name: str
    at: InstantText
    state: GiftStateShown
    undo_until: InstantText
    withdrawable_until: InstantText | None
    refused_because: str | None


class GivenPage(View):
    """What somebody gave in the last month, latest first; `next` is the `after` of the page
    behind."""

    items: list[GivenKudos]
    next: str | None


def fates_of(moment: Moment, of_gifts: Sequence[Gift], topic: str) -> dict[str, KudosFate]:
    """What became of gifts, by award id. `topic`: where facts are published."""
    asked = [
        PublishedKudos(gift.award_id, (topic, *gift.sent) if gift.sent else None)
        for gift in of_gifts
    ]
    return fates.read(moment.engine, asked) if asked else {}


def shown(
    moment: Moment, program: str, of_gifts: Sequence[Gift], topic: str, now: datetime
) -> list[GivenKudos]:
    """Gifts of one program, in this order. `topic`: as above.

    Raises:
        CatalogAltered
    """
    if not of_gifts:
        return []
    hours = programs.described(moment.directory, program).withdraw_hours
    known, loops = lookup.of(
        moment.directory,
        program,
        {gift.recipient for gift in of_gifts},
        {gift.loop for gift in of_gifts},
    )
    badges = moment.engine.generation_for(program).catalog.badge
    became = fates_of(moment, of_gifts, topic)

    def one(gift: Gift) -> GivenKudos:
        fate = became[gift.award_id]
        until = withdrawal.withdrawable_until(gift, hours)
        can_withdraw = withdrawal.decide(gift, fate, hours, now) == "withdraw"
        return GivenKudos(
            kudos_id=gift.kudos_id,
            award_id=gift.award_id,
            loop_id=gift.loop,
            loop_name=loops[gift.loop].name if gift.loop in loops else None,
            recipient=people.of(known[gift.recipient]),
            kind=gift.kind,
            name=badges[gift.kind].title if gift.kind in badges else gift.kind,
            at=from_datetime(gift.at),
            state=_state(gift, fate),
            undo_until=from_datetime(gift.send_after),
            withdrawable_until=from_datetime(until) if can_withdraw else None,
            refused_because=WORDS[fate.reason] if fate.reason else None,
        )

    return [one(gift) for gift in of_gifts]


def _state(gift: Gift, fate: KudosFate) -> GiftStateShown:
    if gift.state != "sent" or fate.fate == "waiting":
        return gift.state
    return "withdrawn" if fate.fate == "revoked" else fate.fate
