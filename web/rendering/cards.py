"""Cards of badges: what stands on each, decided once for the page and for its accessible name.

A card shows one badge, over all loops or in one of them. How far it is to the next level is that
of the loop that is furthest, among those in which the person holds what the card shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from credentials.artwork.drawing import Artwork, draw
from web.rendering import wording
from web.views.badges import BadgeView, BestBadge, LevelAhead, LevelAwarded, LoopBadges
from web.views.loop_board import MemberBadges
from web.views.people import Person


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `label` is its accessible name. `next` is None if nothing has been done for it,
    or if there is no next level. `latest`: when the last of several was received, of a card over
    all loops. `valid_until`: when the last of several ends; None if one does not."""

    badge: str
    name: str
    category: str
    art: Artwork
    label: str
    held: bool
    level: str | None
    awarded_at: str | None
    by_decision: bool
    count: int
    latest: str | None
    valid_until: str | None
    loops: int
    next: LevelAhead | None

    @property
    def begun(self) -> bool:
        """Whether there is anything to show of it."""
        return self.held or self.next is not None


@dataclass(frozen=True, slots=True)
class LoopCards:
    """A loop of somebody with the cards of all badges there."""

    loop: LoopBadges
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class MemberCards:
    """A member of a loop with the cards of all badges there."""

    person: Person
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CardGroup:
    """The cards of one category, in the catalog's order."""

    category: str
    cards: tuple[Card, ...]


def overview(badges: Iterable[BestBadge], loops: Iterable[Iterable[BadgeView]]) -> list[CardGroup]:
    """The cards over all loops. `loops`: the badges of each loop of this page."""
    in_loops: dict[str, list[BadgeView]] = {}
    for loop in loops:
        for badge in loop:
            in_loops.setdefault(badge.badge, []).append(badge)
    return _groups(_overall(badge, in_loops.get(badge.badge, [])) for badge in badges)


def of_loop(badges: Iterable[BadgeView]) -> list[CardGroup]:
    """The cards of one loop."""
    return _groups(_in_loop(badges))


def of_loops(loops: Iterable[LoopBadges]) -> list[LoopCards]:
    """Somebody's cards loop by loop."""
    return [LoopCards(loop, tuple(_in_loop(loop.badges))) for loop in loops]


def of_members(members: Iterable[MemberBadges]) -> list[MemberCards]:
    """The cards of each member of a loop."""
    return [MemberCards(member.person, tuple(_in_loop(member.badges))) for member in members]


def _in_loop(badges: Iterable[BadgeView]) -> Iterable[Card]:
    return (
        _card(badge, badge.held[-1] if badge.held else None, badge.count or 0, _ahead([badge]), 0)
        for badge in badges
    )


def _overall(badge: BestBadge, in_loops: Sequence[BadgeView]) -> Card:
    level = badge.best.level if badge.best else None
    same = [loop for loop in in_loops if (loop.held[-1].level if loop.held else None) == level]
    return _card(badge, badge.best, badge.total or 0, _ahead(same), badge.loops_held)


def _ahead(badges: Iterable[BadgeView]) -> LevelAhead | None:
    """The step that is nearest to its end."""
    steps = [
        badge.next
        for badge in badges
        if badge.next and badge.next.level not in [reached.level for reached in badge.held]
    ]
    return max(steps, key=lambda step: step.have / step.need if step.need else 0, default=None)


def _card(
    badge: BadgeView | BestBadge,
    best: LevelAwarded | None,
    count: int,
    ahead: LevelAhead | None,
    loops: int,
) -> Card:
    held = best is not None or count > 0
    level = best.level if best else None
    begun = ahead if ahead and ahead.have > 0 else None
    return Card(
        badge=badge.badge,
        name=badge.name,
        category=badge.category,
        art=draw(
            badge.badge,
            badge.category,
            badge.artwork,
            level=level,
            levelled=bool(ahead and ahead.level),
            held=held,
        ),
        label=wording.accessible_name(
            badge.name,
            level=level,
            count=count,
            way=wording.progress(begun.have, begun.need, begun.level) if begun else None,
            held=held,
        ),
        held=held,
        level=level,
        awarded_at=best.awarded_at if best and not count else None,
        by_decision=bool(best and best.by_decision),
        count=count,
        latest=badge.latest if isinstance(badge, BestBadge) else None,
        valid_until=badge.valid_until,
        loops=loops,
        next=begun,
    )


def _groups(cards: Iterable[Card]) -> list[CardGroup]:
    by_category: dict[str, list[Card]] = {}
    for card in cards:
        by_category.setdefault(card.category, []).append(card)
    return [CardGroup(category, tuple(group)) for category, group in by_category.items()]
