"""The awards that somebody holds, latest first, page by page."""

from dataclasses import dataclass

from engine.catalog.model import Badge
from engine.queries.snapshot import Snapshot
from engine.store.awards import standing
from engine.store.awards.standing import AwardInTime


@dataclass(frozen=True, slots=True)
class Highlights:
    """A page of awards. `badges`: those they are of, by name, as catalogs have them. `more`:
    whether there are earlier ones."""

    awards: tuple[AwardInTime, ...]
    badges: dict[str, Badge]
    more: bool


def read(
    snapshot: Snapshot,
    program: str,
    participant: str,
    before: tuple[str, str] | None,
    limit: int,
) -> Highlights:
    """The latest `limit` awards of somebody, or those before one (its instant and id).

    Raises:
        CatalogAltered
    """
    catalog = snapshot.generation_for(program).catalog
    latest = standing.in_time(snapshot.tx, program, participant, before, limit + 1)
    page = tuple(latest[:limit])
    badges = {
        award.badge: catalog.badge.get(award.badge)
        or snapshot.catalog(award.catalog).badge[award.badge]
        for award in page
    }
    return Highlights(page, badges, len(latest) > limit)
