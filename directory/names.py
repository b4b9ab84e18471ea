"""What people are called; nobody's id stands in for a name."""

from collections.abc import Collection
from dataclasses import dataclass

from engine.store.postgres.connection import Row, Transaction

_SHOWN = 4

COLUMNS = "display_name, given_name, avatar_url, locale, timezone, roles, active"
"""Of directory.participants, in the order of `person`."""


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    """A participant for pages, without the address, which no page shows. `active`: may be proposed
    to others."""

    participant_id: str
    display_name: str
    given_name: str | None = None
    avatar_url: str | None = None
    locale: str | None = None
    timezone: str | None = None
    roles: tuple[str, ...] = ()
    active: bool = True
    described: bool = False


def people(tx: Transaction, program: str, ids: Collection[str]) -> dict[str, DirectoryPerson]:
    """Everybody asked for, by id, described or not. One statement."""
    wanted = sorted(set(ids))
    rows = tx.rows(
        f"SELECT participant, {COLUMNS} FROM directory.participants "
        "WHERE program = %s AND participant = ANY(%s)",
        program, wanted,
    )  # fmt: skip
    known = {row[0]: person(row[0], row[1:]) for row in rows}
    return {name: known.get(name) or undescribed(name) for name in wanted}


def with_text(tx: Transaction, program: str, ids: Collection[str], text: str) -> frozenset[str]:
    """Of these people those whose name has a text in it, in any case. One statement."""
    rows = tx.rows(
        "SELECT participant, display_name FROM directory.participants WHERE program = %s", program
    )
    known: dict[str, str] = dict(rows)
    wanted = text.casefold()
    return frozenset(
        name
        for name in ids
        if wanted in (known.get(name) or undescribed(name).display_name).casefold()
    )


def spoken(tx: Transaction, program: str) -> list[str]:
    """How everybody of a program may be named in a text: names, given names, ids. One statement."""
    rows = tx.rows(
        "SELECT participant, display_name, given_name FROM directory.participants "
        "WHERE program = %s ORDER BY participant",
        program,
    )
    return [text for row in rows for text in row if text]


def everybody(tx: Transaction, limit: int) -> dict[str, list[DirectoryPerson]]:
    """The first people described, by program, each by name; `limit` in all. One statement."""
    rows = tx.rows(
        f"SELECT program, participant, {COLUMNS} FROM directory.participants "
        "ORDER BY program, display_name, participant LIMIT %s",
        limit,
    )
    known: dict[str, list[DirectoryPerson]] = {}
    for program, participant, *columns in rows:
        known.setdefault(program, []).append(person(participant, tuple(columns)))
    return known


def person(participant: str, row: Row) -> DirectoryPerson:
    """A participant from COLUMNS; undescribed if there is no name."""
    display_name, given_name, avatar_url, locale, timezone, roles, active = row
    if display_name is None:
        return undescribed(participant)
    return DirectoryPerson(
        participant, display_name, given_name, avatar_url, locale, timezone,
        tuple(roles), active, described=True,
    )  # fmt: skip


def undescribed(participant: str) -> DirectoryPerson:
    """Somebody nobody described: "Participant" and the last characters of the id, never all."""
    shown = participant[-min(_SHOWN, len(participant) - 1) :] if len(participant) > 1 else ""
    return DirectoryPerson(participant, f"Participant {shown}".strip())
