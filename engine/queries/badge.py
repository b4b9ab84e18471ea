"""One badge of one person in one loop: every level, what it asks for, and how far each part is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.catalog.model import Badge, Catalog, Scope
from engine.projections import loop_board
from engine.projections.criterion_status import CriterionStatus, criterion_status
from engine.projections.loop_board import HeldLevel
from engine.queries.errors import UnknownBadge
from engine.queries.snapshot import Snapshot
from engine.rules.criteria.criterion import Standing
from engine.store.awards import standing
from engine.store.awards.standing import AwardOfBadge, BadgeAwards
from engine.store.projections import loops_of_person

RECENT = 50


@dataclass(frozen=True, slots=True)
class LevelOfPerson:
    """A level (`name` "" for a badge without levels): its award, None if it is not held, and how
    far its criterion is in the loop."""

    name: str
    held: HeldLevel | None
    status: CriterionStatus


@dataclass(frozen=True, slots=True)
class BadgeOfPerson:
    """A badge of a person in a loop, or (`loop` None) as far as the program goes.

    `levels`: lowest first, none of a repeatable badge. `recent`: the latest awards that are held,
    latest first, at most RECENT of the `total`: of this loop where one was asked for, else of all.
    """

    catalog: Catalog
    badge: Badge
    loop: str | None
    levels: tuple[LevelOfPerson, ...]
    recent: tuple[AwardOfBadge, ...]
    total: int


def read(
    snapshot: Snapshot, program: str, participant: str, badge: str, loop: str | None
) -> BadgeOfPerson:
    """A badge of somebody in a loop. Without one, in the loop of the highest level they hold; that
    may be none.

    Raises:
        UnknownBadge, CatalogAltered
    """
    generation = snapshot.generation_for(program)
    catalog, tx = generation.catalog, snapshot.tx
    known = catalog.badge.get(badge)
    levels = [level.name for level in known.levels] if known is not None else []
    held = standing.of_badge(tx, program, participant, badge, loop, levels, RECENT)
    if known is None:
        return _former(snapshot, program, participant, badge, loop, held)
    where = loop
    if where is None and known.scope == "loop":
        where = held.best[0].loop if held.best else None
    who = (program, participant)
    size = 0 if where is None else 1
    values, rows = loops_of_person.page(tx, catalog, generation.id, who, "", size, only=where)
    own = rows[0].state.get(participant) if rows else None
    zeros = catalog.initial_values
    standings = loop_board.reached(catalog, tuple(own or zeros), tuple(values or zeros))
    shown = _levels(catalog, known, standings, held.best, where)
    return BadgeOfPerson(catalog, known, where, shown, held.recent, held.total)


def _levels(
    catalog: Catalog,
    badge: Badge,
    standings: Mapping[Scope, Standing],
    awards: Sequence[AwardOfBadge],
    loop: str | None,
) -> tuple[LevelOfPerson, ...]:
    held = {
        award.level or "": HeldLevel(award.level, award.id, award.time, award.decided)
        for award in awards
        if award.loop in (loop, None)
    }
    return tuple(
        LevelOfPerson(
            level.name,
            held.get(level.name),
            criterion_status(catalog, badge.scope, level.criterion, standings),
        )
        for level in badge.levels
    )


def _former(
    snapshot: Snapshot,
    program: str,
    participant: str,
    badge: str,
    loop: str | None,
    held: BadgeAwards,
) -> BadgeOfPerson:
    """A badge that the catalog no longer has, if something of it is held."""
    tallies, _ = standing.of_person(snapshot.tx, program, participant)
    row = next((tally.catalog for tally in tallies.levels if tally.badge == badge), None)
    if row is None:
        raise UnknownBadge(f"no badge is called {badge}")
    catalog = snapshot.catalog(row)
    return BadgeOfPerson(catalog, catalog.badge[badge], loop, (), held.recent, held.total)
