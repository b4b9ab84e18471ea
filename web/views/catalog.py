"""A program's badges with what each asks for, in words."""

from engine.catalog.model import Badge, Catalog
from engine.queries import wording
from web.views.model import View
from web.views.moment import Moment


class CatalogOfProgram(View):
    """The catalog that decides. `digest`: hex SHA-256 of what it decides."""

    name: str
    version: str
    digest: str


class LevelOffered(View):
    """A level (null for a badge without levels) and what it asks for."""

    level: str | None
    criterion: str


class BadgeOffered(View):
    """A badge that can be earned; a repeatable one, given by others, has no levels."""

    badge: str
    name: str
    description: str
    category: str
    scope: str
    artwork: str
    repeatable: bool
    levels: list[LevelOffered]


class CatalogShown(View):
    """The badges in the catalog's order."""

    catalog: CatalogOfProgram
    badges: list[BadgeOffered]


def read(moment: Moment, program: str) -> CatalogShown:
    """The catalog of a program.

    Raises:
        CatalogAltered
    """
    catalog = moment.engine.generation_for(program).catalog
    return CatalogShown(
        catalog=CatalogOfProgram(name=catalog.name, version=catalog.version, digest=catalog.digest),
        badges=[_badge(catalog, badge) for badge in catalog.badges],
    )


def _badge(catalog: Catalog, badge: Badge) -> BadgeOffered:
    return BadgeOffered(
        badge=badge.name,
        name=badge.title,
        description=badge.description,
        category=badge.category,
        scope=badge.scope,
        artwork=badge.name,
        repeatable=badge.repeatable is not None,
        levels=[
            LevelOffered(
                level=level.name or None, criterion=wording.plain(catalog, level.criterion)
            )
            for level in badge.levels
        ],
    )
