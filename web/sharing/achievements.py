"""What a program's badges are called, and what earns them, for people outside of it. Pure."""

from credentials.achievement import Achievement, Issuer
from credentials.artwork.drawing import Art
from directory.programs import ProgramDescription
from engine.catalog.model import Badge, Catalog
from engine.queries import wording
from engine.rules.criteria.criterion import Holding

_GIVEN = "Given by a mentoring partner"
_WITHIN = {"loop": "{criterion}, in one mentoring loop", "program": "{criterion}"}


def issuer(program: ProgramDescription) -> Issuer:
    """The program as an issuer: under the name that it described for that, or else its own."""
    described = program.issuer
    if described is None:
        return Issuer(program.program_id, program.name, None)
    return Issuer(program.program_id, described.name, described.url)


def achievement(
    program: ProgramDescription, catalog: Catalog, badge: str, level: str | None
) -> Achievement | None:
    """A badge at a level; of a badge without levels, or one that is given, None is the level. None
    if the catalog has no such badge or level."""
    known = catalog.badge.get(badge)
    criterion = None if known is None else _criterion(catalog, known, level)
    if known is None or criterion is None:
        return None
    return Achievement(
        issuer=issuer(program),
        badge=badge,
        level=level,
        name=wording.plain_holding(catalog, Holding(badge, level or "")),
        description=known.description,
        criterion=criterion,
    )


def _criterion(catalog: Catalog, badge: Badge, level: str | None) -> str | None:
    if badge.repeatable is not None:
        return _GIVEN if level is None else None
    for one in badge.levels:
        if (one.name or None) == level:
            words = wording.plain(catalog, one.criterion)
            words = words[:1].upper() + words[1:]
            return _WITHIN[badge.scope].format(criterion=words)
    return None


def art(badge: Badge, level: str | None) -> Art:
    """How a badge is drawn for somebody who holds it."""
    return Art(
        badge.name,
        badge.category,
        level=level,
        levelled=any(one.name for one in badge.levels),
    )
