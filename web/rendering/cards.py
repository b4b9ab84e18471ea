"""Cards of badges: what stands on each, decided once for the page and for its accessible name.

A card shows one badge, over all loops or in one of them. How far it is to the next level is that
of the loop that is furthest, among those in which the person holds what the card shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from web.rendering import wording
from web.rendering.artwork import Artwork, draw


class LevelReached(Protocol):
    """A level as a view has it, such as engine.projections.loop_board.LevelAwarded."""

    @property
    def level(self) -> str | None: ...
    @property
    def awarded_at(self) -> str: ...
    @property
    def by_decision(self) -> bool: ...


class Step(Protocol):
    """How far it is to a level, as a view has it."""

    @property
    def level(self) -> str | None: ...
    @property
    def have(self) -> float: ...
    @property
    def need(self) -> float: ...


class BadgeInLoop(Protocol):
    """A badge in one loop, as a view has it."""

    @property
    def badge(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def held(self) -> Sequence[LevelReached]: ...
    @property
    def next(self) -> Step | None: ...
    @property
    def count(self) -> int | None: ...


class BadgeOverall(Protocol):
    """A badge over all loops, as a view has it."""

    @property
    def badge(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def best(self) -> LevelReached | None: ...
    @property
    def total(self) -> int | None: ...
    @property
    def loops_held(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `label` is its accessible name. `next` is None if nothing has been done for it,
    or if there is no next level. `latest`: when the last of several was received, if the view
    says so."""

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
    loops: int
    next: Step | None


@dataclass(frozen=True, slots=True)
class CardGroup:
    """The cards of one category, in the catalog's order."""

    category: str
    cards: tuple[Card, ...]


def overview(
    badges: Iterable[BadgeOverall], loops: Iterable[Iterable[BadgeInLoop]]
) -> list[CardGroup]:
    """The cards over all loops. `loops`: the badges of each loop of this page."""
    in_loops: dict[str, list[BadgeInLoop]] = {}
    for loop in loops:
        for badge in loop:
            in_loops.setdefault(badge.badge, []).append(badge)
    return _groups(_overall(badge, in_loops.get(badge.badge, [])) for badge in badges)


def of_loop(badges: Iterable[BadgeInLoop]) -> list[CardGroup]:
    """The cards of one loop."""
    return _groups(
        _card(badge, badge.held[-1] if badge.held else None, badge.count or 0, _ahead([badge]), 0)
        for badge in badges
    )


def _overall(badge: BadgeOverall, in_loops: Sequence[BadgeInLoop]) -> Card:
    level = badge.best.level if badge.best else None
    same = [loop for loop in in_loops if (loop.held[-1].level if loop.held else None) == level]
    return _card(badge, badge.best, badge.total or 0, _ahead(same), badge.loops_held)


def _ahead(badges: Iterable[BadgeInLoop]) -> Step | None:
    """The step that is nearest to its end."""
    steps = [
        badge.next
        for badge in badges
        if badge.next and badge.next.level not in [reached.level for reached in badge.held]
    ]
    return max(steps, key=lambda step: step.have / step.need if step.need else 0, default=None)


def _card(
    badge: BadgeInLoop | BadgeOverall,
    best: LevelReached | None,
    count: int,
    ahead: Step | None,
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
            getattr(badge, "artwork", None),
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
        latest=getattr(badge, "latest", None),
        loops=loops,
        next=begun,
    )


def _groups(cards: Iterable[Card]) -> list[CardGroup]:
    by_category: dict[str, list[Card]] = {}
    for card in cards:
        by_category.setdefault(card.category, []).append(card)
    return [CardGroup(category, tuple(group)) for category, group in by_category.items()]
