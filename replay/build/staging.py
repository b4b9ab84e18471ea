"""A history from a file or a topic: staged for one generation, and brought in with it.

Rows that the ledger lacks are in a table of the generation's own schema. A view of that schema,
called `ledger`, shows the ledger and the staged rows: code that builds the generation reads it in
the ledger's place. A row of the ledger hides a staged one of the same key, also if it came later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engine.store.cursors import cursors
from engine.store.cursors.cursors import IMPORT_LANE, Counts, CursorAdvance
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from events.public_key import PublicKey
from replay.build.read_rows import ReadRows

_LANE = -1  # of what is staged: none of the ledger's, so no cut counts it


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """Facts and retractions that went into the ledger. `superseded`: staged rows whose key the
    ledger had by then, from live traffic."""

    facts: int = 0
    retractions: int = 0
    superseded: int = 0


def is_staged(replay: Replay) -> bool:
    """Whether a generation is of a history that is staged."""
    return bool(replay.details.get("source", "ledger") != "ledger")


def stage(tx: Transaction, number: int, rows: ReadRows, notes_key: PublicKey | None) -> None:
    """Put what a transaction has read, and the private notes, into tables that belong to a
    generation. `notes_key`: what keys of people are sealed to."""
    schema = _schema(number)
    tx.execute(f"CREATE SCHEMA {schema}")
    tx.execute(f"CREATE TABLE {schema}.staged (LIKE ledger INCLUDING ALL)")
    tx.execute(f"CREATE TABLE {schema}.messages (LIKE messages INCLUDING ALL)")
    tx.execute(
        f"CREATE VIEW {schema}.ledger AS SELECT * FROM ledger "
        f"UNION ALL SELECT * FROM {schema}.staged s WHERE {_LACKED}"
    )
    with _seeing(tx, number):
        tx.execute(
            'INSERT INTO staged (place, fact, lane, "offset", content) '
            "SELECT place, fact, %s, number, content FROM read_rows ORDER BY place, fact",
            _LANE,
        )
        rows.keep_notes(notes_key)
        for table in ("staged", "messages"):
            tx.execute(f"ANALYZE {table}")


_LACKED = "NOT EXISTS (SELECT FROM public.ledger l WHERE l.place = s.place AND l.fact = s.fact)"


@contextmanager
def of(tx: Transaction, replay: Replay) -> Iterator[None]:
    """Within the block, the ledger is the one that a generation is built from."""
    if not is_staged(replay):
        yield
        return
    with _seeing(tx, replay.id):
        yield


def any_staged(tx: Transaction, replay: Replay) -> bool:
    """Whether a generation has staged anything that the ledger lacks."""
    if not is_staged(replay):
        return False
    return (
        tx.one(f"SELECT 1 FROM {_schema(replay.id)}.staged s WHERE {_LACKED} LIMIT 1") is not None
    )


def bring_in(tx: Transaction, replay: Replay) -> BroughtIn:
    """Put what is staged into the ledger, and programs that it does not know under the generation.
    The caller lets no batch be processed meanwhile."""
    cursor = cursors.next_in_lane(tx, replay.details["topic"], IMPORT_LANE)
    brought_in = _append(tx, replay.id, cursor.lane, cursor.next_offset)
    unmet = _unmet(tx, cursor.lane, cursor.next_offset)
    _move_messages(tx, replay.id, cursor.lane, cursor.next_offset)
    counts = Counts(
        applied=brought_in.facts,
        retractions=brought_in.retractions,
        unmet_retractions=unmet,
    )
    end = cursor.next_offset + brought_in.facts + brought_in.retractions
    if end > cursor.next_offset:
        cursors.advance(tx, [CursorAdvance(cursor, end, counts, cursor.window)])
    tx.execute(
        "INSERT INTO programs (program, generation) SELECT p, %s FROM unnest(%s::text[]) p "
        "ON CONFLICT DO NOTHING",
        replay.id, sorted(replay.programs or ()),
    )  # fmt: skip
    forget(tx, replay.id)
    return brought_in


def _append(tx: Transaction, number: int, lane: int, begin: int) -> BroughtIn:
    row = tx.one(
        'WITH appended AS (INSERT INTO ledger (place, fact, lane, "offset", content) '
        "SELECT place, fact, %s, %s + row_number() OVER (ORDER BY place, fact) - 1, content "
        f"FROM {_schema(number)}.staged s WHERE {_LACKED} RETURNING fact) "
        "SELECT count(*) FILTER (WHERE fact & 1 = 0), count(*) FILTER (WHERE fact & 1 = 1), "
        f"(SELECT count(*) FROM {_schema(number)}.staged) - count(*) FROM appended",
        lane, begin,
    )  # fmt: skip
    assert row is not None
    return BroughtIn(*row)


def _unmet(tx: Transaction, lane: int, begin: int) -> int:
    """How many more retractions have met no fact: those brought in without their fact, less those
    that were there before and have met theirs now."""
    row = tx.one(
        f"WITH appended AS ({_APPENDED}) "
        "SELECT (SELECT count(*) FROM appended r WHERE r.fact & 1 = 1 AND NOT EXISTS "
        "(SELECT FROM ledger f WHERE f.place = r.place AND f.fact = r.fact - 1)) "
        "- (SELECT count(*) FROM appended f JOIN ledger r ON r.place = f.place "
        "AND r.fact = f.fact + 1 WHERE f.fact & 1 = 0 AND NOT EXISTS "
        "(SELECT FROM appended a WHERE a.place = r.place AND a.fact = r.fact))",
        lane, begin,
    )  # fmt: skip
    assert row is not None
    return int(row[0])


def _move_messages(tx: Transaction, number: int, lane: int, begin: int) -> None:
    """Keep the messages of facts brought in, and delete those of facts retracted by it."""
    tx.execute(
        f"WITH appended AS ({_APPENDED}) INSERT INTO messages "
        f"SELECT m.* FROM {_schema(number)}.messages m JOIN appended f USING (place, fact) "
        "WHERE NOT EXISTS (SELECT FROM ledger r WHERE r.place = f.place AND r.fact = f.fact + 1)",
        lane, begin,
    )  # fmt: skip
    tx.execute(
        f"WITH appended AS ({_APPENDED}) DELETE FROM messages m USING appended r "
        "WHERE r.fact & 1 = 1 AND m.place = r.place AND m.fact = r.fact - 1",
        lane, begin,
    )  # fmt: skip


_APPENDED = 'SELECT place, fact FROM ledger WHERE lane = %s AND "offset" >= %s'


def forget(tx: Transaction, number: int) -> None:
    """Drop what is staged for a generation, if anything is."""
    tx.execute(f"DROP SCHEMA IF EXISTS {_schema(number)} CASCADE")


def _schema(number: int) -> str:
    return f"history_{int(number)}"


@contextmanager
def _seeing(tx: Transaction, number: int) -> Iterator[None]:
    row = tx.one("SELECT current_setting('search_path')")
    assert row is not None
    (before,) = row
    tx.execute(f"SET LOCAL search_path = {_schema(number)}, {before}")
    yield  # after an error the transaction is rolled back, and the setting with it
    tx.execute("SELECT set_config('search_path', %s, true)", before)
