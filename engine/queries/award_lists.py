"""Lists of a program's awards: the latest, page by page, and all of a range from its beginning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from engine.catalog.model import Badge
from engine.queries.report import ReportSpan
from engine.queries.snapshot import Snapshot
from engine.store.awards import reported
from engine.store.awards.reported import ReportedAward
from events.instants import Instant

PORTION = 1_000


@dataclass(frozen=True, slots=True)
class AwardPage:
    """Awards, and the badges they are of, by name. `more`: whether there are earlier ones."""

    awards: tuple[ReportedAward, ...]
    badges: dict[str, Badge]
    more: bool = False


def latest(
    snapshot: Snapshot,
    program: str,
    since: Instant,
    before: tuple[str, str] | None,
    limit: int,
) -> AwardPage:
    """The latest `limit` awards since an instant, or those before one (its instant and id).

    Raises:
        CatalogAltered
    """
    awards = reported.in_time(snapshot.tx, program, since, before, limit + 1)
    page = awards[:limit]
    return AwardPage(tuple(page), _badges(snapshot, program, page), len(awards) > limit)


def in_range(
    snapshot: Snapshot, program: str, span: ReportSpan, *, only_kudos: bool
) -> Iterator[AwardPage]:
    """The awards of a range in the order of time, in portions: memory stays bounded.

    Raises:
        CatalogAltered
    """
    awards = reported.stream(
        snapshot.tx, program, span.since, span.until, only_kudos=only_kudos, portion=PORTION
    )
    while portion := tuple(islice(awards, PORTION)):
        yield AwardPage(portion, _badges(snapshot, program, portion))


def _badges(snapshot: Snapshot, program: str, awards: Sequence[ReportedAward]) -> dict[str, Badge]:
    catalog = snapshot.generation_for(program).catalog
    return {
        award.badge: catalog.badge.get(award.badge)
        or snapshot.catalog(award.catalog).badge[award.badge]
        for award in awards
    }
