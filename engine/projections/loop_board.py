"""The per-loop view: who holds what in a loop, since when, and how far it is to the next level.

Progress is asked of the very criteria that decide, so progress that is full is a badge that is
held. Since when is what was announced; an award kept by decision is shown as such and is no
progress. The classes are the JSON form, field by field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.catalog.model import Badge, Catalog, Scope
from engine.projections.award import Award
from engine.projections.holdings import NOTHING, MeasuredStanding, evaluate
from engine.projections.state import State, Values
from engine.rules.criteria.criterion import Holding
from events.instants import Instant


class StandingAward(NamedTuple):
    """An award that stands, as announced. `decided`: kept by decision, not justified by facts."""

    award: Award
    decided: bool


@dataclass(frozen=True, slots=True)
class HeldLevel:
    """A level that is held; `level` is None for a badge without levels."""

    level: str | None
    award_id: str
    awarded_at: Instant
    by_decision: bool


@dataclass(frozen=True, slots=True)
class NextLevel:
    """The lowest level not yet earned: how much there is of how much is needed."""

    level: str | None
    have: float
    need: float


@dataclass(frozen=True, slots=True)
class BadgeProgress:
    """One badge of one participant, its levels in ascending order.

    For a repeatable badge `count` is how many there are of this loop and `total` how many of the
    program; for the others both are None. `next` is None where there is no next level.
    """

    badge: str
    name: str
    category: str
    scope: Scope
    held: tuple[HeldLevel, ...]
    next: NextLevel | None
    count: int | None
    total: int | None

    @property
    def begun(self) -> bool:
        """Whether there is anything to show of it."""
        return bool(self.held or self.count or (self.next and self.next.have))


@dataclass(frozen=True, slots=True)
class ParticipantBadges:
    """One participant of a loop, with every badge in the catalog's order."""

    participant_id: str
    badges: tuple[BadgeProgress, ...]


@dataclass(frozen=True, slots=True)
class LoopBoard:
    """A loop and its participants by id. `loop_id` None: people who are in no loop, with the
    badges of the program alone."""

    loop_id: str | None
    participants: tuple[ParticipantBadges, ...]


def of_loop(
    catalog: Catalog,
    loop: str,
    state: State,
    people: Mapping[str, Values],
    announced: Iterable[StandingAward],
) -> LoopBoard:
    """The view of a loop.

    `people`: values across the program, by participant. `announced`: standing awards of the
    program; those of other loops and other people are not looked at.
    """
    by_person = _by_person(announced, loop)
    decided = {name for name, known in by_person.items() if any(a.award.loop for a in known)}
    views = [
        ParticipantBadges(
            name, _badges(catalog, state.get(name), people.get(name), by_person.get(name, ()))
        )
        for name in sorted(state.keys() | decided)
    ]
    return LoopBoard(loop, tuple(views))


def outside_loops(
    catalog: Catalog,
    names: Iterable[str],
    people: Mapping[str, Values],
    announced: Iterable[StandingAward],
) -> LoopBoard:
    """The view of people who are in no loop: what they hold in the program, if they have begun
    anything there."""
    by_person = _by_person(announced, None)
    views = []
    for name in sorted(names):
        badges = _badges(catalog, None, people.get(name), by_person.get(name, ()))
        of_program = tuple(badge for badge in badges if badge.scope == "program")
        if any(badge.begun for badge in of_program):
            views.append(ParticipantBadges(name, of_program))
    return LoopBoard(None, tuple(views))


def _by_person(
    announced: Iterable[StandingAward], loop: str | None
) -> dict[str, list[StandingAward]]:
    by_person: dict[str, list[StandingAward]] = {}
    for item in announced:
        if item.award.loop in (None, loop):
            by_person.setdefault(item.award.recipient, []).append(item)
    return by_person


def _badges(
    catalog: Catalog,
    values: Values | None,
    person: Values | None,
    announced: Iterable[StandingAward],
) -> tuple[BadgeProgress, ...]:
    zeros = list(catalog.initial_values)
    own, program = values or zeros, person or zeros
    held = evaluate(catalog, "program", program)
    standings: dict[Scope, MeasuredStanding] = {
        "program": MeasuredStanding(catalog, "program", program, NOTHING),
        "loop": MeasuredStanding(catalog, "loop", own, held),
    }
    standings["program"].held.update(held)
    standings["loop"].held.update(evaluate(catalog, "loop", own, held))
    by_badge: dict[str, list[StandingAward]] = {}
    for item in announced:
        by_badge.setdefault(item.award.badge, []).append(item)
    return tuple(
        _badge(catalog, badge, standings[badge.scope], by_badge.get(badge.name, []), own, program)
        for badge in catalog.badges
    )


def _badge(
    catalog: Catalog,
    badge: Badge,
    standing: MeasuredStanding,
    announced: list[StandingAward],
    own: Values,
    program: Values,
) -> BadgeProgress:
    kudos = badge.repeatable
    rank = catalog.level_rank
    order = sorted(
        announced,
        key=lambda a: (rank.get(Holding(badge.name, a.award.occurrence), len(rank)), a.award.id),
    )
    return BadgeProgress(
        badge=badge.name,
        name=badge.title,
        category=badge.category,
        scope=badge.scope,
        held=tuple(
            HeldLevel(a.award.level, a.award.id, a.award.time, a.decided)
            for a in order
            if kudos is None
        ),
        next=_next(badge, standing),
        count=int(kudos.aggregate.size(own[kudos.index])) if kudos is not None else None,
        total=int(kudos.aggregate.size(program[kudos.index])) if kudos is not None else None,
    )


def _next(badge: Badge, standing: MeasuredStanding) -> NextLevel | None:
    for level in badge.levels:
        if Holding(badge.name, level.name) not in standing.held:
            have, need = level.criterion.progress(standing)
            return NextLevel(level.name or None, have, need)
    return None
