"""Private notes in clear, cut out of the bytes of dead letters."""

from collections.abc import Iterable
from datetime import timedelta

from engine.intake.clear_notes import FIELDS, without_notes
from engine.store.postgres.connection import Row, Transaction

_PORTION = 100
# A note's field by its name, or by one that may be written with escapes.
_TEXTS = [*(name.encode() for name in FIELDS), b"\\u"]
_MAY_HAVE_NOTES = (
    "EXISTS (SELECT FROM unnest(%b::bytea[]) t (text) WHERE position(text IN value) > 0)"
)


def drop_notes(tx: Transaction, numbers: Iterable[int]) -> int:
    """Cut the notes in clear out of entries; gives how many entries had one."""
    return _drop(
        tx,
        tx.stream(
            "SELECT id, value FROM dead_letters "
            f"WHERE id = ANY (%b::bigint[]) AND {_MAY_HAVE_NOTES}",
            list(numbers), _TEXTS, portion=_PORTION,
        ),
    )  # fmt: skip


def drop_old_notes(tx: Transaction, older_than: timedelta) -> int:
    """The same of all entries first seen before so long, the open ones among them."""
    return _drop(
        tx,
        tx.stream(
            "SELECT id, value FROM dead_letters "
            f"WHERE first_seen < now() - %s AND {_MAY_HAVE_NOTES}",
            older_than, _TEXTS, portion=_PORTION,
        ),
    )  # fmt: skip


def _drop(tx: Transaction, rows: Iterable[Row]) -> int:
    changed = 0
    for number, value in rows:
        cut = without_notes(value)
        if cut != value:
            tx.execute("UPDATE dead_letters SET value = %b WHERE id = %s", cut, number)
            changed += 1
    return changed
