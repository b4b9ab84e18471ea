"""Public pages of mentors: where they are, and whether anybody may see them."""

from dataclasses import dataclass
from datetime import datetime

from engine.store.postgres.connection import Transaction

_COLUMNS = "program, participant, slug, shown, indexed, made_at, changed_at"


@dataclass(frozen=True, slots=True)
class MentorPage:
    """The page of a mentor. `shown`: anybody may see it; `indexed`: search engines may list it."""

    program: str
    participant: str
    slug: str
    shown: bool
    indexed: bool
    made_at: datetime
    changed_at: datetime


def of(tx: Transaction, program: str, participant: str) -> MentorPage | None:
    """The page of somebody; None: they never made one."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM governance.mentor_pages WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    return None if row is None else MentorPage(*row)


def at(tx: Transaction, slug: str) -> MentorPage | None:
    """The page that has a slug, shown or not."""
    row = tx.one(f"SELECT {_COLUMNS} FROM governance.mentor_pages WHERE slug = %s", slug)
    return None if row is None else MentorPage(*row)


def write(tx: Transaction, page: MentorPage) -> bool:
    """Write a page as it is to be; False: its slug is that of another page."""
    written = tx.one(
        f"INSERT INTO governance.mentor_pages AS p ({_COLUMNS}) "
        "SELECT %s, %s, %s, %s, %s, %s, %s WHERE NOT EXISTS (SELECT FROM governance.mentor_pages o "
        "WHERE o.slug = %s AND (o.program, o.participant) <> (%s, %s)) "
        "ON CONFLICT (program, participant) DO UPDATE SET slug = excluded.slug, "
        "shown = excluded.shown, indexed = excluded.indexed, changed_at = excluded.changed_at "
        "RETURNING true",
        page.program, page.participant, page.slug, page.shown, page.indexed, page.made_at,
        page.changed_at, page.slug, page.program, page.participant,
    )  # fmt: skip
    return written is not None
