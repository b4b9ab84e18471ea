"""All that the directory has of somebody, for their own export: the address too."""

from dataclasses import dataclass

from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class Profile:
    """A participant as described."""

    display_name: str
    given_name: str | None
    email: str | None
    avatar_url: str | None
    locale: str | None
    timezone: str | None
    roles: tuple[str, ...]
    active: bool


def read(tx: Transaction, program: str, participant: str) -> Profile | None:
    """Somebody's profile; None if nobody described them. One statement."""
    row = tx.one(
        "SELECT display_name, given_name, email, avatar_url, locale, timezone, roles, active "
        "FROM directory.participants WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    if row is None:
        return None
    name, given_name, email, avatar, locale, timezone, roles, active = row
    return Profile(name, given_name, email, avatar, locale, timezone, tuple(roles), active)
