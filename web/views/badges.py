"""A person's badges: over all loops of a program, and in each loop, page by page."""

from collections.abc import Iterable, Mapping

from directory import lookup, membership
from directory.lookup import LoopLabel
from directory.membership import DescribedLoop
from directory.names import DirectoryPerson
from engine.projections import loop_board
from engine.queries import person
from engine.queries.person import BestOfBadge, LoopOfPerson
from web.views import people
from web.views.model import InstantText, View
from web.views.moment import Moment
from web.views.people import Person


class LevelAwarded(View):
    """A level that is held; `level` is null for a badge without levels."""

    level: str | None
    award_id: str
    awarded_at: InstantText
    by_decision: bool


class LevelAhead(View):
    """The next level: how much there is of how much is needed."""

    level: str | None
    have: float
    need: float


class BadgeView(View):
    """A badge in one loop. `count`: how many there are of it in this loop, `total` in the program
    (both null for badges that are held once); `valid_until`: when the last of them ends, null if
    one does not."""

    badge: str
    name: str
    category: str
    scope: str
    artwork: str
    held: list[LevelAwarded]
    next: LevelAhead | None
    count: int | None
    total: int | None
    valid_until: InstantText | None = None


class BestBadge(View):
    """A badge over all loops: the highest level held, or how many there are of it, when the latest
    was received, and when the last of them ends (null if one does not)."""

    badge: str
    name: str
    category: str
    artwork: str
    best: LevelAwarded | None
    total: int | None
    latest: InstantText | None
    loops_held: int
    valid_until: InstantText | None = None


class LoopNamed(View):
    """A loop with who else is in it. `state`: open or closed."""

    loop_id: str
    name: str | None
    state: str
    partners: list[Person]


class LoopBadges(LoopNamed):
    """A loop with the badges there."""

    badges: list[BadgeView]


class BadgeCounts(View):
    """`held` of the `of` badges of the program, and `kudos` from `givers` people."""

    held: int
    of: int
    kudos: int
    givers: int


class PersonBadges(View):
    """Somebody's badges. `loops` is a page; `next` is the `after` of the page behind it."""

    person: Person
    summary: BadgeCounts
    badges: list[BestBadge]
    loops: list[LoopBadges]
    next: str | None


class UnknownPerson(Exception):
    """A program has nobody of this id."""


def read(
    moment: Moment,
    program: str,
    participant: str,
    *,
    loop: str | None = None,
    after: str = "",
    limit: int = person.PAGE,
) -> PersonBadges:
    """Somebody's badges, with at most `limit` loops behind `after`, or with one loop.

    Raises:
        CatalogAltered
    """
    return _read(moment, program, participant, loop, after, limit)[0]


def read_with_names(
    moment: Moment, program: str, participant: str, names: Iterable[str], *, after: str = ""
) -> tuple[PersonBadges, Mapping[str, DirectoryPerson]]:
    """As `read`, and others by id who are named too, in the same statement.

    Raises:
        CatalogAltered
    """
    return _read(moment, program, participant, None, after, person.PAGE, names)


def of_somebody(
    moment: Moment, program: str, participant: str, *, after: str, limit: int
) -> PersonBadges:
    """The badges of somebody who may not exist.

    Raises:
        UnknownPerson: nobody described them, and nothing of them was ever counted. CatalogAltered
    """
    answer, known = _read(moment, program, participant, None, after, limit)
    described = known[participant].described
    if after and not (described or answer.summary.held or answer.loops):
        return of_somebody(moment, program, participant, after="", limit=limit)
    if not (described or answer.summary.held or answer.loops):
        raise UnknownPerson(f"program {program} has nobody called {participant}")
    return answer


def _read(
    moment: Moment,
    program: str,
    participant: str,
    loop: str | None,
    after: str,
    limit: int,
    also: Iterable[str] = (),
) -> tuple[PersonBadges, Mapping[str, DirectoryPerson]]:
    """Somebody's badges, and those whose names were read: them, `also` others."""
    if loop is None:
        mine = membership.loops_of(moment.directory, program, participant, after, limit + 1)
    else:
        mine = membership.of_member(moment.directory, program, loop, participant)
    described = {item.loop_id: item for item in mine}
    answer = person.read(moment.engine, program, participant, after, limit, [*described], loop)
    others = [item for item in answer.loops if item.loop_id not in described]
    counted = {name for item in others for name in item.participants}
    known, left = lookup.of(
        moment.directory, program, {participant, *counted, *also}, [item.loop_id for item in others]
    )
    badges = PersonBadges(
        person=people.of(known[participant]),
        summary=BadgeCounts(
            held=answer.summary.held,
            of=answer.summary.of,
            kudos=answer.summary.kudos,
            givers=answer.summary.givers,
        ),
        badges=[best_badge(badge) for badge in answer.badges],
        loops=[
            _loop(participant, item, described.get(item.loop_id), known, left)
            for item in answer.loops
        ],
        next=answer.next,
    )
    return badges, known


def named(loop: DescribedLoop, participant: str) -> LoopNamed:
    """A loop of somebody's, with who else is there."""
    return LoopNamed(
        loop_id=loop.loop_id,
        name=loop.name,
        state=loop.state,
        partners=people.others(loop, participant),
    )


def badge_view(badge: loop_board.BadgeProgress) -> BadgeView:
    """A badge in a loop."""
    following = badge.next
    return BadgeView(
        badge=badge.badge,
        name=badge.name,
        category=badge.category,
        scope=badge.scope,
        artwork=badge.badge,
        held=[held_level(level) for level in badge.held],
        next=None
        if following is None
        else LevelAhead(level=following.level, have=following.have, need=following.need),
        count=badge.count,
        total=badge.total,
        valid_until=badge.valid_until,
    )


def held_level(held: loop_board.HeldLevel) -> LevelAwarded:
    """A level that is held."""
    return LevelAwarded(
        level=held.level,
        award_id=held.award_id,
        awarded_at=held.awarded_at,
        by_decision=held.by_decision,
    )


def best_badge(badge: BestOfBadge) -> BestBadge:
    """A badge over all loops."""
    return BestBadge(
        badge=badge.badge,
        name=badge.name,
        category=badge.category,
        artwork=badge.badge,
        best=None if badge.best is None else held_level(badge.best),
        total=badge.total,
        latest=badge.latest,
        valid_until=badge.valid_until,
        loops_held=badge.loops_held,
    )


def _loop(
    participant: str,
    item: LoopOfPerson,
    described: DescribedLoop | None,
    known: Mapping[str, DirectoryPerson],
    left: Mapping[str, LoopLabel],
) -> LoopBadges:
    """A loop with its badges. Who else is there: its members; of a loop that nobody described,
    those whom the engine has counted there; of one that they are in no longer, nobody."""
    label = described or left.get(item.loop_id)
    partners: list[Person] = []
    if described is not None:
        partners = people.others(described, participant)
    elif label is None:
        partners = people.listed(known, (n for n in item.participants if n != participant))
    return LoopBadges(
        loop_id=item.loop_id,
        name=None if label is None else label.name,
        state="open" if label is None else label.state,
        partners=partners,
        badges=[badge_view(badge) for badge in item.badges],
    )
