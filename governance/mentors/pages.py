"""A mentor turns their public page on and off, and says where it is."""

from dataclasses import replace

from engine.store.postgres import locks
from governance.committee import Sitting
from governance.errors import PageRefused
from governance.rules.mentors import slugs
from governance.store import mentor_pages
from governance.store.mentor_pages import MentorPage


def write(
    sitting: Sitting, program: str, participant: str, slug: str, *, shown: bool, indexed: bool
) -> MentorPage:
    """Write somebody's page as it is to be. `indexed`: search engines may list it.

    Raises:
        PageRefused: bad-slug, slug-of-another
    """
    if not slugs.is_slug(slug):
        raise PageRefused("bad-slug")
    sitting.tx.execute(f"SELECT pg_advisory_xact_lock({locks.MENTOR_PAGES})")
    before = mentor_pages.of(sitting.tx, program, participant)
    new = MentorPage(program, participant, slug, shown, indexed, sitting.now, sitting.now)
    page = new if before is None else replace(new, made_at=before.made_at)
    if not mentor_pages.write(sitting.tx, page):
        raise PageRefused("slug-of-another")
    return page


def turn_off(sitting: Sitting, program: str, participant: str) -> None:
    """Let nobody see somebody's page. Done already: nothing happens."""
    before = mentor_pages.of(sitting.tx, program, participant)
    if before is not None and before.shown:
        mentor_pages.write(sitting.tx, replace(before, shown=False, changed_at=sitting.now))
