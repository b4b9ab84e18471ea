"""One person in a program: the best of each badge over all loops, and each loop, page by page."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from engine.catalog.model import Badge, Catalog
from engine.projections import loop_board
from engine.projections.loop_board import BadgeProgress, HeldLevel, StandingAward
from engine.queries.boards import CatalogName, catalog_name
from engine.queries.snapshot import Snapshot
from engine.store.awards import standing
from engine.store.awards.standing import PersonTallies
from engine.store.projections import loops_of_person
from engine.store.projections.loops_of_person import LoopRow
from events.instants import Instant
from events.schemas.kudos_given import KudosGiven

PAGE = 20


class BestOfBadge(msgspec.Struct, frozen=True, gc=False):
    """A badge over all loops of a person.

    `best`: the highest level held, the earliest award of it; None if none is, and for a repeatable
    badge, which has `total` instead, how many they hold in the program. `loops_held`: in how many
    loops they hold some of it. `latest`: when the latest award of a repeatable badge was, and
    `valid_until`: when the last of them ends; None if one does not.
    """

    badge: str
    name: str
    category: str
    best: HeldLevel | None
    total: int | None
    loops_held: int
    latest: Instant | None = None
    valid_until: Instant | None = None


class CountsOfPerson(msgspec.Struct, frozen=True, gc=False):
    """`held` of the `of` badges, and `kudos` (awards that others gave) from `givers` people."""

    held: int
    of: int
    kudos: int
    givers: int


class LoopOfPerson(msgspec.Struct, frozen=True, gc=False):
    """A person's badges in one loop. `participants`: by id, all whom the engine has counted there,
    them included: who has a value or holds an award of the loop."""

    loop_id: str
    participants: tuple[str, ...]
    badges: tuple[BadgeProgress, ...]


class BadgesOfPerson(msgspec.Struct, frozen=True, gc=False):
    """A person in a program. `loops` is a page, by id; `next`: what to ask for the page after it
    with; None if there is none."""

    program_id: str
    participant_id: str
    catalog: CatalogName
    summary: CountsOfPerson
    badges: tuple[BestOfBadge, ...]
    loops: tuple[LoopOfPerson, ...]
    next: str | None


def read(
    snapshot: Snapshot,
    program: str,
    participant: str,
    after: str = "",
    limit: int = PAGE,
    also: Sequence[str] = (),
    only: str | None = None,
) -> BadgesOfPerson:
    """A person, with the first `limit` loops behind `after`. Somebody of whom nothing was accepted
    has nothing yet.

    `also`: loops that are theirs as the caller knows, whether or not anything was counted there.
    `only`: the one loop to show.

    Raises:
        CatalogAltered
    """
    generation = snapshot.generation_for(program)
    catalog, tx = generation.catalog, snapshot.tx
    who = (program, participant)
    values, loops = loops_of_person.page(
        tx, catalog, generation.id, who, after, limit + 1, also, only
    )
    page = loops[:limit]
    in_page = [row.loop for row in page]
    tallies, announced = standing.of_person(tx, program, participant, in_page)
    former = _former(snapshot, catalog, tallies)
    in_loop: dict[str | None, list[loop_board.StandingAward]] = {}
    for award in announced:
        in_loop.setdefault(award.loop, []).append(award)
    beyond = [award for award in announced if award.loop is None or award.decided]

    def badges(row: LoopRow) -> tuple[BadgeProgress, ...]:
        here = [award for award in in_loop.get(row.loop, ()) if not award.decided]
        own = row.state.get(participant)
        return loop_board.badges(catalog, row.loop, own, values, [*here, *beyond], former)

    best = _all(catalog, former, tallies)
    kinds = _kinds_of_kudos((*catalog.badges, *former.values()))
    return BadgesOfPerson(
        program,
        participant,
        catalog_name(catalog),
        CountsOfPerson(
            held=sum(bool(badge.best or badge.total) for badge in best),
            of=len(best),
            kudos=sum(badge.total or 0 for badge in best if badge.badge in kinds),
            givers=tallies.givers,
        ),
        tuple(best),
        tuple(LoopOfPerson(row.loop, row.participants, badges(row)) for row in page),
        page[-1].loop if len(loops) > limit else None,
    )


def totals(snapshot: Snapshot, program: str, participant: str) -> list[BestOfBadge]:
    """The best of each badge of somebody, over all loops.

    Raises:
        CatalogAltered
    """
    catalog = snapshot.generation_for(program).catalog
    tallies, _ = standing.of_person(snapshot.tx, program, participant)
    return _all(catalog, _former(snapshot, catalog, tallies), tallies)


def beyond_loops(
    snapshot: Snapshot, catalog: Catalog, program: str, participant: str
) -> tuple[list[BestOfBadge], list[StandingAward]]:
    """The best of each badge of somebody, and one by one their awards of the program. `catalog`:
    the program's.

    Raises:
        CatalogAltered
    """
    tallies, awards = standing.of_person(snapshot.tx, program, participant)
    best = _all(catalog, _former(snapshot, catalog, tallies), tallies)
    return best, [award for award in awards if award.loop is None]


def _kinds_of_kudos(badges: Iterable[Badge]) -> set[str]:
    """Those of them that are given: a fact of another type may be an award of its own too."""
    return {
        badge.name
        for badge in badges
        if badge.repeatable is not None and badge.repeatable.event == KudosGiven.TYPE
    }


def _former(snapshot: Snapshot, catalog: Catalog, tallies: PersonTallies) -> dict[str, Badge]:
    """The badges that are held and that the catalog no longer has, as another had them."""
    return {
        tally.badge: snapshot.catalog(tally.catalog).badge[tally.badge]
        for tally in tallies.levels
        if tally.badge not in catalog.badge
    }


def _all(
    catalog: Catalog, former: Mapping[str, Badge], tallies: PersonTallies
) -> list[BestOfBadge]:
    every = (*catalog.badges, *(former[name] for name in sorted(former)))
    return [_best(badge, tallies) for badge in every]


def _best(badge: Badge, tallies: PersonTallies) -> BestOfBadge:
    levels = [tally for tally in tallies.levels if tally.badge == badge.name]
    best: HeldLevel | None = None
    total = latest = until = None
    if badge.repeatable is not None:
        total = sum(tally.awards for tally in levels)
        latest = max((tally.latest_at for tally in levels), default=None)
        until = next((tally.valid_until for tally in levels), None)  # it has no levels
    elif levels:
        rank = {level.name or None: number for number, level in enumerate(badge.levels)}
        highest = max(levels, key=lambda tally: rank.get(tally.level, -1))
        best = HeldLevel(highest.level, highest.first, highest.first_at, highest.first_decided)
    loops = tallies.loops.get(badge.name, 0)
    return BestOfBadge(badge.name, badge.title, badge.category, best, total, loops, latest, until)
