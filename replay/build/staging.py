"""A history that is not in the ledger: staged for one generation, and brought in with it.

It stands in tables of its own that have the ledger's names, in a schema that belongs to the
generation. Whoever works on that generation sees them in place of the ledger's, and need not know.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engine.store.cursors import cursors
from engine.store.cursors.cursors import IMPORT_LANE, Counts, CursorAdvance
from engine.store.facts import ledger, messages
from engine.store.generations import replays
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from replay.build.preview import PreviewIntake

_TABLES = ("ledger", "messages", "cursors")
_LANE = 0  # of the staged ledger; there is only one


class NotNew(Exception):
    """A program whose history was to be brought in has one already."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows of the ledger about the same programs: in both, only staged, only in the ledger."""

    only_staged: int
    only_in_ledger: int

    @property
    def equal(self) -> bool:
        """Whether the ledger holds the same."""
        return not (self.only_staged or self.only_in_ledger)


def is_staged(replay: Replay) -> bool:
    """Whether a generation is of a history of its own."""
    return bool(replay.details.get("source", "ledger") != "ledger")


def stage(tx: Transaction, number: int, intake: PreviewIntake) -> None:
    """Put what was read into tables that belong to a generation."""
    schema = _schema(number)
    tx.execute(f"CREATE SCHEMA {schema}")
    for table in _TABLES:
        tx.execute(f"CREATE TABLE {schema}.{table} (LIKE {table} INCLUDING ALL)")
    rows = list(intake.rows())
    with _seeing(tx, number):
        ledger.append(
            tx, ((key, _LANE, offset, content) for offset, (key, content) in enumerate(rows))
        )
        messages.keep(tx, intake.messages())
        tx.execute(
            "INSERT INTO cursors (topic, partition, lane, next_offset, first_offset) "
            "VALUES ('', 0, %s, %s, 0)",
            _LANE, len(rows),
        )  # fmt: skip
        for table in _TABLES:
            tx.execute(f"ANALYZE {table}")


@contextmanager
def of(tx: Transaction, replay: Replay) -> Iterator[None]:
    """Within the block, the ledger is the one that a generation is built from."""
    if not is_staged(replay):
        yield
        return
    with _seeing(tx, replay.id):
        yield


def told_of(tx: Transaction, replay: Replay) -> list[str]:
    """The programs of a generation of which something is in the ledger."""
    rows = tx.rows(
        "SELECT program FROM programs WHERE program = ANY (%s::text[]) ORDER BY program",
        sorted(replay.programs or ()),
    )
    return [name for (name,) in rows]


def compare(tx: Transaction, replay: Replay) -> Compared:
    """Compare what is staged with what the ledger has of the same programs."""
    schema, programs = _schema(replay.id), sorted(replay.programs or ())
    staged = tx.one(
        f"SELECT count(*) FROM {schema}.ledger h LEFT JOIN ledger l USING (place, fact) "
        "WHERE l.content IS DISTINCT FROM h.content"
    )
    there = tx.one(
        f"SELECT count(*) FROM ledger l LEFT JOIN {schema}.ledger h USING (place, fact) "
        "WHERE h.content IS DISTINCT FROM l.content "
        "AND (l.content::json ->> 'program_id') = ANY (%s::text[])",
        programs,
    )
    assert staged is not None
    assert there is not None
    return Compared(staged[0], there[0])


def adopt_ledger(tx: Transaction, replay: Replay) -> None:
    """From here on the generation is the ledger's, which holds the same. `tx`: a snapshot."""
    cut = replays.cursors(tx)
    forget(tx, replay.id)
    replays.note(tx, replay.id, replay.status, source="ledger", cut=cut, planned_at=cut)


def bring_in(tx: Transaction, replay: Replay) -> None:
    """Put a staged history into the ledger, and its programs under the generation. No batch may be
    taken in meanwhile.

    Raises:
        NotNew: something was told of them since.
    """
    for program in told_of(tx, replay):
        raise NotNew(
            f"program {program} has a history in the ledger by now, so that of generation "
            f"{replay.id} cannot be brought in: nothing was changed. See docs/replay.md, "
            "'Bringing history in'"
        )
    schema = _schema(replay.id)
    cursor = cursors.next_in_lane(tx, replay.details["topic"], IMPORT_LANE)
    begin = cursor.next_offset
    tx.execute(
        'INSERT INTO ledger (place, fact, lane, "offset", content) '
        f'SELECT place, fact, %s, "offset" + %s, content FROM {schema}.ledger '
        "ORDER BY place, fact",
        cursor.lane, begin,
    )  # fmt: skip
    tx.execute(f"INSERT INTO messages SELECT * FROM {schema}.messages")
    row = tx.one(
        "SELECT count(*) FILTER (WHERE l.fact & 1 = 0), count(*) FILTER (WHERE l.fact & 1 = 1), "
        "count(*) FILTER (WHERE l.fact & 1 = 1 AND f.fact IS NULL) "
        f"FROM {schema}.ledger l LEFT JOIN {schema}.ledger f "
        "ON f.place = l.place AND f.fact = l.fact - 1 AND l.fact & 1 = 1"
    )
    assert row is not None
    applied, retractions, unmet = row
    counts = Counts(applied=applied, retractions=retractions, unmet_retractions=unmet)
    end = begin + applied + retractions
    cursors.advance(tx, [CursorAdvance(cursor, end, counts, cursor.window)])
    tx.execute(
        "INSERT INTO programs (program, generation) SELECT p, %s FROM unnest(%s::text[]) p",
        replay.id, sorted(replay.programs or ()),
    )  # fmt: skip
    forget(tx, replay.id)


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
