"""One badge of one person in one loop: every level, what it asks for, and how far each part is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.catalog.model import Badge, Catalog, Scope
from engine.fact import Place
from engine.intake.keys import key
from engine.projections import loop_board
from engine.projections.criterion_status import CriterionStatus, criterion_status
from engine.projections.loop_board import HeldLevel
from engine.queries.errors import UnknownBadge
from engine.queries.snapshot import Snapshot
from engine.rules.criteria.criterion import Standing
from engine.store.awards import standing
from engine.store.awards.standing import AwardOfBadge, BadgeAwards
from engine.store.facts import messages
from engine.store.postgres.connection import Transaction
from engine.store.projections import loops_of_person
from events.schemas.kudos_given import KudosGiven

RECENT = 50
_LOOPS = 20


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
    `noted`: the ids of those that came with a private note.
    """

    catalog: Catalog
    badge: Badge
    loop: str | None
    levels: tuple[LevelOfPerson, ...]
    recent: tuple[AwardOfBadge, ...]
    total: int
    noted: frozenset[str] = frozenset()


def read(
    snapshot: Snapshot, program: str, participant: str, badge: str, loop: str | None
) -> BadgeOfPerson:
    """A badge of somebody in a loop. Without one, in the loop of the highest level they hold; if
    they hold none, in that of their first loops in which the next level is nearest, if any.

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
    if known.repeatable is not None:
        noted = _noted(tx, program, known.repeatable.event, held.recent)
        return BadgeOfPerson(catalog, known, loop, (), held.recent, held.total, noted)
    where = loop
    if where is None and known.scope == "loop":
        where = held.best[0].loop if held.best else None
    who = (program, participant)
    size = 0 if known.scope == "program" else _LOOPS
    values, rows = loops_of_person.page(tx, catalog, generation.id, who, "", size, only=where)
    zeros = catalog.initial_values
    reached = {
        row.loop: loop_board.reached(
            catalog, tuple(row.state.get(participant) or zeros), tuple(values or zeros)
        )
        for row in rows
    }
    if where is None and reached:
        where = max(reached, key=lambda name: _nearness(known, reached[name]["loop"]))
    standings = reached.get(where or "") or loop_board.reached(
        catalog, zeros, tuple(values or zeros)
    )
    shown = _levels(catalog, known, standings, held.best, where)
    return BadgeOfPerson(catalog, known, where, shown, held.recent, held.total)


def _noted(
    tx: Transaction, program: str, event: str, awards: Sequence[AwardOfBadge]
) -> frozenset[str]:
    """The ids of the kudos that came with a private note."""
    if event != KudosGiven.TYPE or not awards:
        return frozenset()
    facts = {
        award.id: key(Place(program, award.loop, None), event, award.occurrence)
        for award in awards
        if award.loop is not None
    }
    existing = messages.existing(tx, facts.values())
    return frozenset(name for name, fact in facts.items() if fact in existing)


def _nearness(badge: Badge, standing: Standing) -> float:
    """How much of the first level that is not met there is in a loop, from 0 to 1."""
    for level in badge.levels:
        if not level.criterion.met(standing):
            have, need = level.criterion.progress(standing)
            return min(have / need, 1.0) if need else 0.0
    return 1.0


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
