"""The table notify.preferences."""

from collections.abc import Callable, Collection

from engine.store.postgres.connection import Row, Transaction
from notifier.rules.preferences import NOTHING_CHOSEN, Category, Preferences, QuietHours

COLUMNS = "version, timezone, appearance, email_off, in_app_off, quiet_from, quiet_to"
"""Of notify.preferences, in the order of `of_row`."""


def read(tx: Transaction, program: str, participant: str) -> Preferences:
    """What somebody has chosen."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM notify.preferences WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    return NOTHING_CHOSEN if row is None else of_row(row)


def of_people(
    tx: Transaction, people: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Preferences]:
    """What people have chosen, by program and participant; those who have chosen nothing are left
    out. One statement."""
    wanted = sorted(set(people))
    rows = tx.rows(
        f"SELECT program, participant, {COLUMNS} FROM notify.preferences "
        "JOIN unnest(%b::text[], %b::text[]) k (program, participant) "
        "USING (program, participant)",
        [program for program, _ in wanted], [participant for _, participant in wanted],
    )  # fmt: skip
    return {(row[0], row[1]): of_row(row[2:]) for row in rows}


def write(
    tx: Transaction,
    program: str,
    participant: str,
    chosen: Preferences,
    expected: int,
) -> Preferences | None:
    """Store what somebody chooses, under the next version; gives it with that version. None: what
    is stored is of another version than `expected`."""
    quiet = chosen.quiet_hours
    row = tx.one(
        "INSERT INTO notify.preferences AS p (program, participant, version, timezone, "
        "appearance, email_off, in_app_off, quiet_from, quiet_to) "
        "SELECT %s, %s, 1, %s, %s, %b::text[], %b::text[], %s::time, %s::time "
        "WHERE %s::int = 0 OR EXISTS "
        "(SELECT FROM notify.preferences WHERE program = %s AND participant = %s) "
        "ON CONFLICT (program, participant) DO UPDATE SET version = p.version + 1, "
        "timezone = EXCLUDED.timezone, appearance = EXCLUDED.appearance, "
        "email_off = EXCLUDED.email_off, in_app_off = EXCLUDED.in_app_off, "
        "quiet_from = EXCLUDED.quiet_from, quiet_to = EXCLUDED.quiet_to "
        "WHERE p.version = %s::int "
        f"RETURNING {COLUMNS}",
        program, participant, chosen.timezone, chosen.appearance,
        sorted(chosen.email_off), sorted(chosen.in_app_off),
        None if quiet is None else quiet.start, None if quiet is None else quiet.end,
        expected, program, participant, expected,
    )  # fmt: skip
    return None if row is None else of_row(row)


def change(
    tx: Transaction, program: str, participant: str, by: Callable[[Preferences], Preferences]
) -> Preferences:
    """Store what somebody changes about what is stored, though it is changed meanwhile: an e-mail's
    link may. Gives it with its new version. `by`: gives what they choose instead."""
    stored = None
    while stored is None:
        before = read(tx, program, participant)
        stored = write(tx, program, participant, by(before), before.version)
    return stored


def end_emails(tx: Transaction, program: str, participant: str, category: Category) -> None:
    """Somebody wants no e-mails of a category any more; safe to repeat."""
    tx.execute(
        "INSERT INTO notify.preferences AS p "
        "(program, participant, version, appearance, email_off) VALUES (%s, %s, 1, %s, %b::text[]) "
        "ON CONFLICT (program, participant) DO UPDATE "
        "SET version = p.version + 1, email_off = p.email_off || EXCLUDED.email_off "
        "WHERE NOT p.email_off @> EXCLUDED.email_off",
        program, participant, NOTHING_CHOSEN.appearance, [category],
    )  # fmt: skip


def of_row(row: Row) -> Preferences:
    """What somebody has chosen, from COLUMNS."""
    version, timezone, appearance, email_off, in_app_off, start, end = row
    return Preferences(
        version,
        timezone,
        appearance,
        _categories(email_off),
        _categories(in_app_off),
        None if start is None else QuietHours(start, end),
    )


def _categories(names: list[Category]) -> frozenset[Category]:
    return frozenset(names)
