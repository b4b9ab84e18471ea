"""The per-loop view: who holds what in a loop, since when, and how far it is to the next level.

Progress is asked of the very criteria that decide, so progress that is full is a badge that is
held. Since when is what was announced. An award kept by decision is shown and counted like any
other, marked, and is no progress. The classes are the JSON form, field by field.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from engine.catalog.model import Badge, Catalog, Scope
from engine.projections.holdings import NOTHING, MeasuredStanding, evaluate
from engine.projections.state import State, Values
from engine.rules.aggregates import Value
from engine.rules.criteria.criterion import Holding
from events.instants import Instant


class StandingAward(msgspec.Struct, frozen=True, gc=False):
    """An award that stands, as announced. `decided`: kept by decision, not justified by facts.
    `catalog`: the row of the catalog it was decided under. `valid_until` None: without end."""

    id: str
    loop: str | None
    recipient: str
    badge: str
    level: str | None
    occurrence: str
    time: Instant
    decided: bool
    catalog: int
    valid_until: Instant | None = None


class HeldLevel(msgspec.Struct, frozen=True, gc=False):
    """A level that is held; `level` is None for a badge without levels."""

    level: str | None
    award_id: str
    awarded_at: Instant
    by_decision: bool


class NextLevel(msgspec.Struct, frozen=True, gc=False):
    """The lowest level not yet earned, of those above the highest that is earned and not below the
    highest that is held: how much there is of how much is needed."""

    level: str | None
    have: float
    need: float


class BadgeProgress(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One badge of one participant, its levels in ascending order.

    For a repeatable badge `count` is how many there are of this loop, `total` how many of the
    program, and `held` has those of this loop that are kept by decision; for the others both
    numbers are None. `next` is None where there is no next level. `valid_until`: when the last of
    its awards, of the program or this loop, ends; None if one does not.
    """

    badge: str
    name: str
    category: str
    scope: Scope
    held: tuple[HeldLevel, ...]
    next: NextLevel | None
    count: int | None
    total: int | None
    valid_until: Instant | None = None

    @property
    def begun(self) -> bool:
        """Whether there is anything to show of it."""
        held = self.held or self.count or self.valid_until
        return bool(held or (self.next and self.next.have))


class ParticipantBadges(msgspec.Struct, frozen=True, gc=False):
    """One participant of a loop, with every badge in the catalog's order; then those that only
    an earlier catalog has and that are still held."""

    participant_id: str
    badges: tuple[BadgeProgress, ...]


class LoopBoard(msgspec.Struct, frozen=True, gc=False):
    """A loop and its participants by id. `loop_id` None: people who are in no loop, with the
    badges of the program alone."""

    loop_id: str | None
    participants: tuple[ParticipantBadges, ...]


Former = Mapping[str, Badge]
"""Badges that are held and that the catalog no longer has, by name, as an earlier one had them."""

_NONE_FORMER: Former = {}


def of_loop(
    catalog: Catalog,
    loop: str,
    state: State,
    people: Mapping[str, Values],
    announced: Iterable[StandingAward],
    former: Former = _NONE_FORMER,
) -> LoopBoard:
    """The view of a loop.

    `people`: values across the program, by participant. `announced`: the standing awards of this
    loop and, of its people, those of the program and those kept by decision in other loops. Others
    may be among them.
    """
    by_person = _by_person(announced)
    names = state.keys() | {
        name for name, known in by_person.items() if any(a.loop == loop for a in known)
    }
    return LoopBoard(
        loop,
        tuple(
            ParticipantBadges(
                name,
                badges(
                    catalog,
                    loop,
                    state.get(name),
                    people.get(name),
                    by_person.get(name, ()),
                    former,
                ),
            )
            for name in sorted(names)
        ),
    )


def outside_loops(
    catalog: Catalog,
    names: Iterable[str],
    people: Mapping[str, Values],
    announced: Iterable[StandingAward],
    former: Former = _NONE_FORMER,
) -> LoopBoard:
    """The view of people who are in no loop: what they hold in the program, if they have begun
    anything there."""
    by_person = _by_person(announced)
    views = []
    for name in sorted(names):
        progress = badges(catalog, None, None, people.get(name), by_person.get(name, ()), former)
        of_program = tuple(b for b in progress if b.scope == "program" or b.valid_until)
        if any(badge.begun for badge in of_program):
            views.append(ParticipantBadges(name, of_program))
    return LoopBoard(None, tuple(views))


def badges(
    catalog: Catalog,
    loop: str | None,
    values: Values | None,
    person: Values | None,
    announced: Iterable[StandingAward],
    former: Former = _NONE_FORMER,
) -> tuple[BadgeProgress, ...]:
    """Every badge of one participant in a loop, or outside of all. `values`: theirs in the loop;
    `person`: across the program; None where there are none. `announced`: as for `of_loop`."""
    zeros = catalog.initial_values
    by_facts = _by_facts(catalog, catalog.brief(values or zeros), catalog.brief(person or zeros))
    progress = [badge.progress for badge in by_facts]
    by_badge: dict[str, list[StandingAward]] = {}
    for award in announced:
        by_badge.setdefault(award.badge, []).append(award)
    for name, awards in by_badge.items():
        number = catalog.rank.get(name)
        if number is not None:
            progress[number] = _with_awards(catalog, by_facts[number], loop, awards)
    if former:
        gone = (_former(former[b], loop, by_badge[b]) for b in sorted(by_badge) if b in former)
        progress += [badge for badge in gone if badge is not None]
    return tuple(progress)


class _Earned(NamedTuple):
    """A badge without the awards. `ahead`: the levels above the highest that is earned."""

    progress: BadgeProgress
    ahead: tuple[NextLevel, ...]


# Few combinations of small numbers account for nearly everybody (measured: half of the time of a
# board of 15,000 people).
@lru_cache(maxsize=10_000)
def _by_facts(
    catalog: Catalog, own: tuple[Value, ...], program: tuple[Value, ...]
) -> tuple[_Earned, ...]:
    """Every badge of somebody with these values in a loop and across the program."""
    standings = reached(catalog, own, program)
    return tuple(_badge(badge, standings) for badge in catalog.badges)


def reached(
    catalog: Catalog, own: Sequence[Value], program: Sequence[Value]
) -> dict[Scope, MeasuredStanding]:
    """What somebody with these values in a loop and across the program has reached, by scope."""
    held = evaluate(catalog, "program", program)
    standings: dict[Scope, MeasuredStanding] = {
        "program": MeasuredStanding(catalog, "program", program, NOTHING),
        "loop": MeasuredStanding(catalog, "loop", own, held),
    }
    standings["program"].held.update(held)
    standings["loop"].held.update(evaluate(catalog, "loop", own, held))
    return standings


def _badge(badge: Badge, standings: Mapping[Scope, MeasuredStanding]) -> _Earned:
    counted = badge.repeatable
    count = total = None
    if counted is not None:
        size = counted.aggregate.size
        count = int(size(standings["loop"].value(counted)))
        total = int(size(standings["program"].value(counted)))
    ahead = _ahead(badge, standings[badge.scope])
    following = ahead[0] if ahead else None
    progress = BadgeProgress(
        badge.name, badge.title, badge.category, badge.scope, (), following, count, total
    )
    return _Earned(progress, ahead)


def _with_awards(
    catalog: Catalog, earned: _Earned, loop: str | None, awards: Sequence[StandingAward]
) -> BadgeProgress:
    badge = earned.progress
    here = _here(loop, awards)
    count, total = badge.count, badge.total
    valid_until = _last_end(here)
    if count is not None and total is not None:  # ordinary awards are counted as facts are
        here = [award for award in here if award.decided]
        count += len(here)
        total += sum(award.decided for award in awards)
    held = _held(catalog, here) if here else ()
    following = badge.next
    if any(level.by_decision for level in held):
        following = _above(catalog, badge.badge, earned.ahead, held)
    return BadgeProgress(
        badge.badge, badge.name, badge.category, badge.scope, held, following, count, total,
        valid_until,
    )  # fmt: skip


def _last_end(awards: Iterable[StandingAward]) -> Instant | None:
    """When the last of them ends; None if one does not, or there is none."""
    last: Instant | None = None
    for award in awards:
        if award.valid_until is None:
            return None
        last = award.valid_until if last is None else max(last, award.valid_until)
    return last


def _by_person(announced: Iterable[StandingAward]) -> dict[str, list[StandingAward]]:
    by_person: dict[str, list[StandingAward]] = {}
    for award in announced:
        by_person.setdefault(award.recipient, []).append(award)
    return by_person


def _here(loop: str | None, announced: Iterable[StandingAward]) -> list[StandingAward]:
    """Awards of the program or of this loop."""
    return [award for award in announced if award.loop is None or award.loop == loop]


def _former(badge: Badge, loop: str | None, kept: Sequence[StandingAward]) -> BadgeProgress | None:
    """A badge that the catalog no longer has, if something of it is held here."""
    here = _here(loop, kept)
    if not here:
        return None
    rank = {level.name: number for number, level in enumerate(badge.levels)}
    order = sorted(here, key=lambda award: (rank.get(award.occurrence, len(rank)), award.id))
    repeatable = badge.repeatable is not None
    return BadgeProgress(
        badge.name,
        badge.title,
        badge.category,
        badge.scope,
        _levels(order),
        None,
        len(here) if repeatable else None,
        len(kept) if repeatable else None,
        _last_end(here),
    )


def _held(catalog: Catalog, awards: Sequence[StandingAward]) -> tuple[HeldLevel, ...]:
    rank = catalog.level_rank
    last = len(rank)
    if len(awards) == 1:
        return _levels(awards)
    return _levels(
        sorted(awards, key=lambda a: (rank.get(Holding(a.badge, a.occurrence), last), a.id))
    )


def _levels(awards: Iterable[StandingAward]) -> tuple[HeldLevel, ...]:
    return tuple(HeldLevel(a.level, a.id, a.time, a.decided) for a in awards)


def _ahead(badge: Badge, standing: MeasuredStanding) -> tuple[NextLevel, ...]:
    """The levels above the highest that is earned."""
    ahead: list[NextLevel] = []
    for level in reversed(badge.levels):
        if Holding(badge.name, level.name) in standing.held:
            break
        ahead.append(NextLevel(level.name or None, *level.criterion.progress(standing)))
    return tuple(reversed(ahead))


def _above(
    catalog: Catalog, badge: str, ahead: Iterable[NextLevel], held: Iterable[HeldLevel]
) -> NextLevel | None:
    """The first level ahead that is not below what is held: what is kept by decision may be higher
    than what is earned."""
    rank = catalog.level_rank
    highest = max(rank.get(Holding(badge, level.level or ""), 0) for level in held)
    return next(
        (level for level in ahead if rank[Holding(badge, level.level or "")] >= highest), None
    )
