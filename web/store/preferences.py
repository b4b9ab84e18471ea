"""What people have chosen for themselves in a program: time zone and appearance."""

from dataclasses import dataclass

from engine.store.postgres.connection import Transaction
from web.appearance import Appearance


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody has chosen. `version` grows with each change; 0: nothing was chosen yet.
    `timezone`: an IANA name; None: the one that the directory has."""

    version: int = 0
    timezone: str | None = None
    appearance: Appearance = "auto"


NOTHING_CHOSEN = Preferences()


def read(tx: Transaction, program: str, participant: str) -> Preferences:
    """What somebody has chosen."""
    row = tx.one(
        "SELECT version, timezone, appearance FROM web.preferences "
        "WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    return NOTHING_CHOSEN if row is None else Preferences(*row)


def write(
    tx: Transaction,
    program: str,
    participant: str,
    timezone: str | None,
    appearance: Appearance,
    expected: int | None,
) -> Preferences | None:
    """Store what somebody chooses; gives it with its new version. None: what is stored is of
    another version than `expected` (None: whatever it is)."""
    row = tx.one(
        "INSERT INTO web.preferences AS p (program, participant, version, timezone, appearance) "
        "SELECT %s, %s, 1, %s, %s WHERE %s::int IS NULL OR %s::int = 0 OR EXISTS "
        "(SELECT FROM web.preferences WHERE program = %s AND participant = %s) "
        "ON CONFLICT (program, participant) DO UPDATE "
        "SET version = p.version + 1, timezone = EXCLUDED.timezone, "
        "appearance = EXCLUDED.appearance WHERE %s::int IS NULL OR p.version = %s::int "
        "RETURNING version, timezone, appearance",
        program, participant, timezone, appearance, expected, expected,
        program, participant, expected, expected,
    )  # fmt: skip
    return None if row is None else Preferences(*row)
