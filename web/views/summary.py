"""What other people of a self-match program see of somebody: best levels and totals, no more."""

from directory import names, programs
from engine.queries import person
from engine.queries.person import BestOfBadge
from web.views.model import View
from web.views.moment import Moment


class HeldBadge(View):
    """A badge that somebody holds: its best level, or how many there are."""

    badge: str
    name: str
    artwork: str
    level: str | None
    total: int | None


class PersonSummary(View):
    """Somebody in short."""

    display_name: str
    avatar_url: str | None
    roles: list[str]
    badges: list[HeldBadge]


class NoSummary(Exception):
    """The program shows none, or the person is inactive or unknown."""


def read(moment: Moment, program: str, participant: str) -> PersonSummary:
    """Somebody in short.

    Raises:
        NoSummary, CatalogAltered
    """
    described = programs.described(moment.directory, program)
    known = names.people(moment.directory, program, [participant])[participant]
    answer = person.totals(moment.engine, program, participant)
    if not described.self_match or not known.described or not known.active:
        raise NoSummary
    return PersonSummary(
        display_name=known.display_name,
        avatar_url=known.avatar_url,
        roles=list(known.roles),
        badges=[_held(badge) for badge in answer if badge.best is not None or badge.total],
    )


def _held(badge: BestOfBadge) -> HeldBadge:
    return HeldBadge(
        badge=badge.badge,
        name=badge.name,
        artwork=badge.badge,
        level=None if badge.best is None else badge.best.level,
        total=badge.total,
    )
