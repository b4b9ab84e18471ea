"""Who holds a badge in good standing at an instant. Pure.

A higher stage counts as those below it. Somebody whose renewal was open when a term ended is in
good standing for so many days more: nobody loses a reward because others were slow.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from engine.projections.loop_board import StandingAward
from engine.rules.calendar import Calendar
from events.instants import Instant


class Grace(NamedTuple):
    """For how many days after the end of a term an open renewal keeps somebody in good standing.
    `renewing`: whose renewal of which badge was open at the instant (participant, badge)."""

    days: int
    renewing: frozenset[tuple[str, str]]


def enough_for(badge: str, stages: Sequence[str]) -> frozenset[str]:
    """The badges of which one is enough. `stages`: badges of stages, lowest first."""
    if badge not in stages:
        return frozenset({badge})
    return frozenset(stages[stages.index(badge) :])


def holders(
    badge: str,
    stages: Sequence[str],
    awards: Iterable[StandingAward],
    at: Instant,
    calendar: Calendar,
    grace: Grace,
) -> frozenset[str]:
    """Everybody with an award, of these, of the badge or of a higher stage, in force at the
    instant or in its grace."""
    enough = enough_for(badge, stages)
    return frozenset(
        award.recipient
        for award in awards
        if award.badge in enough and is_in_force(award, at, calendar, grace)
    )


def is_in_force(award: StandingAward, at: Instant, calendar: Calendar, grace: Grace) -> bool:
    """Whether an award is in force at the instant: not before it was awarded, and not from its end
    on, but for the grace."""
    if award.time > at:
        return False
    if award.valid_until is None or at < award.valid_until:
        return True
    if (award.recipient, award.badge) not in grace.renewing:
        return False
    last = calendar.day(award.valid_until) + timedelta(days=grace.days)
    return calendar.day(at) < last


def holding_all(
    badges: Collection[str],
    stages: Sequence[str],
    awards: Sequence[StandingAward],
    at: Instant,
    calendar: Calendar,
    grace: Grace,
) -> frozenset[str]:
    """Everybody who holds each of some badges so; of no badges, nobody."""
    each = [holders(badge, stages, awards, at, calendar, grace) for badge in badges]
    return frozenset.intersection(*each) if each else frozenset()
