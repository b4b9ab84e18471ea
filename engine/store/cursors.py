"""Where each partition has been read to, with what became of every offset passed.

The cursor commits with what its records did: that is what makes a crash harmless.
"""

from dataclasses import dataclass, field

from engine.store import locks
from engine.store.database import Transaction

# Not partitions of Kafka's: what redriven dead letters are numbered in, and history brought in.
REDRIVE_LANE = -1
IMPORT_LANE = -2


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the offsets of a batch, or of all that a cursor has passed."""

    applied: int = 0
    duplicates: int = 0
    retractions: int = 0
    dead_letters: int = 0
    holes: int = 0
    lost: int = 0
    unmet_retractions: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """Of the last records of a partition, which were refused: a bit each, the newest lowest."""

    size: int = 0
    bits: int = 0


@dataclass(frozen=True, slots=True)
class Cursor:
    """One partition's row. `halted` says why it stands still; None while it runs. `lane` is what
    its facts stand under in the ledger: the partition, unless another topic had that before."""

    topic: str
    partition: int
    lane: int
    next_offset: int
    first_offset: int
    counts: Counts = field(default_factory=Counts)
    window: Window = field(default_factory=Window)
    halted: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Which topic of which cluster offsets count in. `topic_id` is None where a broker has none."""

    cluster_id: str
    topic_id: str | None


class CursorMoved(Exception):
    """Somebody else has read this partition further: the batch is theirs, not ours."""


_COUNTS = "applied, duplicates, retractions, dead_letters, holes, lost, unmet_retractions"
_COLUMNS = (
    f"topic, partition, lane, next_offset, first_offset, {_COUNTS}, window_size, window_bits, "
    "halted"
)


def read(tx: Transaction, topic: str) -> dict[int, Cursor]:
    """The cursors of a topic by partition; our own lanes have numbers below 0."""
    rows = tx.rows(f"SELECT {_COLUMNS} FROM cursors WHERE topic = %s ORDER BY partition", topic)
    return {row[1]: _cursor(row) for row in rows}


def start(tx: Transaction, topic: str, partition: int, offset: int) -> None:
    """Make the cursor of a partition read for the first time; nothing if it is there."""
    there = "SELECT 1 FROM cursors WHERE topic = %s AND partition = %s"
    if tx.one(there, topic, partition) is not None:
        return
    tx.execute(f"SELECT pg_advisory_xact_lock({locks.LANES})")
    tx.execute(
        "INSERT INTO cursors (topic, partition, lane, next_offset, first_offset) "
        "SELECT %s, %s, CASE WHEN NOT EXISTS (SELECT FROM cursors WHERE lane = %s) THEN %s "
        "WHEN %s < 0 THEN (SELECT min(lane) - 1 FROM cursors) "
        "ELSE (SELECT max(lane) + 1 FROM cursors) END, %s, %s ON CONFLICT DO NOTHING",
        topic, partition, partition, partition, partition, offset, offset,
    )  # fmt: skip


def origin(tx: Transaction, topic: str) -> Origin | None:
    """The origin that the cursors of a topic were claimed for; None if none was."""
    row = tx.one(
        "SELECT cluster_id, topic_id FROM cursors WHERE topic = %s AND cluster_id IS NOT NULL",
        topic,
    )
    return Origin(*row) if row is not None else None


def claim(tx: Transaction, topic: str, found: Origin) -> None:
    """Note the origin of cursors that have none."""
    tx.execute(
        "UPDATE cursors SET cluster_id = %s, topic_id = %s "
        "WHERE topic = %s AND partition >= 0 AND cluster_id IS NULL",
        found.cluster_id, found.topic_id, topic,
    )  # fmt: skip


def take(tx: Transaction, topic: str, partition: int, offset: int) -> Cursor:
    """Lock the cursor for the batch that begins at `offset`.

    Raises:
        CursorMoved: it does not stand there, or it is halted.
    """
    row = tx.one(
        f"SELECT {_COLUMNS} FROM cursors WHERE topic = %s AND partition = %s "
        "AND next_offset = %s AND halted IS NULL FOR UPDATE",
        topic, partition, offset,
    )  # fmt: skip
    if row is None:
        raise CursorMoved(f"the cursor of {topic} partition {partition} is not at {offset}")
    return _cursor(row)


def advance(
    tx: Transaction,
    cursor: Cursor,
    end: int,
    counts: Counts,
    window: Window,
    halted: str | None,
) -> None:
    """Move a cursor that `take` gave to `end`, adding what became of the offsets passed."""
    tx.execute(
        "UPDATE cursors SET next_offset = %s, applied = applied + %s, "
        "duplicates = duplicates + %s, retractions = retractions + %s, "
        "dead_letters = dead_letters + %s, holes = holes + %s, "
        "unmet_retractions = unmet_retractions + %s, "
        "window_size = %s, window_bits = %s, halted = %s WHERE topic = %s AND partition = %s",
        end, counts.applied, counts.duplicates, counts.retractions, counts.dead_letters,
        counts.holes, counts.unmet_retractions, window.size, _bytes(window), halted,
        cursor.topic, cursor.partition,
    )  # fmt: skip


def halt(tx: Transaction, topic: str, partition: int, offset: int, why: str) -> None:
    """Stop a partition that stands at `offset`.

    Raises:
        CursorMoved: it does not stand there, or it is halted.
    """
    cursor = take(tx, topic, partition, offset)
    tx.execute(
        "UPDATE cursors SET halted = %s WHERE topic = %s AND partition = %s",
        why, cursor.topic, cursor.partition,
    )  # fmt: skip


def resume(tx: Transaction, topic: str, partition: int) -> bool:
    """Let a halted partition go on, its window empty; False if it was not halted."""
    return bool(
        tx.execute(
            "UPDATE cursors SET halted = NULL, window_size = 0, window_bits = '' "
            "WHERE topic = %s AND partition = %s AND halted IS NOT NULL",
            topic, partition,
        )
    )  # fmt: skip


def next_in_lane(tx: Transaction, topic: str, lane: int) -> Cursor:
    """The cursor of one of our own lanes, locked, made if need be."""
    start(tx, topic, lane, 0)
    row = tx.one(
        f"SELECT {_COLUMNS} FROM cursors WHERE topic = %s AND partition = %s FOR UPDATE",
        topic, lane,
    )  # fmt: skip
    assert row is not None
    return _cursor(row)


def _cursor(row: tuple[object, ...]) -> Cursor:
    topic, partition, lane, next_offset, first_offset, *rest = row
    counts = Counts(*rest[:7])  # type: ignore[arg-type]
    size, bits, halted = rest[7:]
    window = Window(size, int.from_bytes(bits, "big"))  # type: ignore[arg-type]
    return Cursor(topic, partition, lane, next_offset, first_offset, counts, window, halted)  # type: ignore[arg-type]


def _bytes(window: Window) -> bytes:
    return window.bits.to_bytes((window.size + 7) // 8, "big")
