"""Where each partition has been read to, with what became of every offset passed.

The cursor commits with what its records did: that is what makes a crash harmless.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from engine.intake.refusal_window import RefusalWindow
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.postgres import locks
from engine.store.postgres.connection import Row, Transaction

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
class Cursor:
    """One partition's row. `halted` says why it stands still; None while it runs. `lane` is what
    its facts stand under in the ledger: the partition, unless another topic had that before.
    Refusals before the offset `refusal_limit_from` do not count for the refusal limit."""

    topic: str
    partition: int
    lane: int
    next_offset: int
    first_offset: int
    counts: Counts = field(default_factory=Counts)
    window: RefusalWindow = field(default_factory=RefusalWindow)
    halted: Halt | None = None
    refusal_limit_from: int = 0


@dataclass(frozen=True, slots=True)
class CursorAdvance:
    """A cursor that is to stand at `end`, with what became of the offsets it passes."""

    cursor: Cursor
    end: int
    counts: Counts
    window: RefusalWindow
    halted: Halt | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Which topic of which cluster offsets count in. `topic_id` is None where a broker has none."""

    cluster_id: str
    topic_id: str | None


class CursorMoved(Exception):
    """Somebody else has read this partition further: the batch is theirs, not ours."""


_COUNTS = tuple(name.name for name in fields(Counts))
_NAMES = (
    "topic", "partition", "lane", "next_offset", "first_offset", *_COUNTS, "window_size",
    "window_bits", "halt_kind", "halted", "refusal_limit_from",
)  # fmt: skip
_COLUMNS = ", ".join(_NAMES)


def read(tx: Transaction, topic: str) -> dict[int, Cursor]:
    """The cursors of a topic by partition; our own lanes have numbers below 0."""
    return of_topics(tx, [topic])[topic]


def of_topics(tx: Transaction, topics: Iterable[str]) -> dict[str, dict[int, Cursor]]:
    """The cursors of topics, as `read` gives them."""
    known: dict[str, dict[int, Cursor]] = {topic: {} for topic in topics}
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM cursors WHERE topic = ANY (%b::text[]) ORDER BY partition",
        list(known),
    )
    for cursor in map(_cursor, rows):
        known[cursor.topic][cursor.partition] = cursor
    return known


def every(tx: Transaction) -> list[Cursor]:
    """The cursors of all topics, by topic and partition."""
    rows = tx.rows(f"SELECT {_COLUMNS} FROM cursors ORDER BY topic, partition")
    return list(map(_cursor, rows))


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


def lock(tx: Transaction, batches: Iterable[tuple[str, int, int]]) -> list[Cursor]:
    """Lock the cursors of batches, each (topic, partition, offset where it begins), in order.

    Raises:
        CursorMoved: one does not stand there, or is halted.
    """
    wanted = list(batches)
    rows = tx.rows(
        f"SELECT {', '.join(f'c.{name}' for name in _NAMES)} "
        'FROM unnest(%b::text[], %b::int[], %b::bigint[]) k (topic, partition, "offset") '
        "JOIN cursors c ON c.topic = k.topic AND c.partition = k.partition "
        'AND c.next_offset = k."offset" AND c.halted IS NULL '
        "ORDER BY c.topic, c.partition FOR UPDATE OF c",
        *map(list, zip(*wanted, strict=True)),
    )
    locked = {(cursor.topic, cursor.partition): cursor for cursor in map(_cursor, rows)}
    for topic, partition, offset in wanted:
        if (topic, partition) not in locked:
            raise CursorMoved(f"the cursor of {topic} partition {partition} is not at {offset}")
    return [locked[topic, partition] for topic, partition, _ in wanted]


def advance(tx: Transaction, moves: Iterable[CursorAdvance]) -> None:
    """Move cursors that `lock` gave."""
    advances = list(moves)
    columns: list[list[object]] = [
        [move.cursor.topic for move in advances],
        [move.cursor.partition for move in advances],
        [move.end for move in advances],
        *([getattr(move.counts, name) for move in advances] for name in _COUNTS),
        [move.window.size for move in advances],
        [_bytes(move.window) for move in advances],
        [move.halted.kind if move.halted is not None else None for move in advances],
        [move.halted.text if move.halted is not None else None for move in advances],
    ]
    tx.execute(
        f"UPDATE cursors c SET next_offset = k.next_offset, "
        f"{', '.join(f'{name} = c.{name} + k.{name}' for name in _COUNTS)}, "
        "window_size = k.window_size, window_bits = k.window_bits, "
        "halt_kind = k.halt_kind, halted = k.halted "
        "FROM unnest(%b::text[], %b::int[], %b::bigint[], "
        f"{', '.join('%b::bigint[]' for _ in _COUNTS)}, "
        "%b::int[], %b::bytea[], %b::text[], %b::text[]) "
        f"k (topic, partition, next_offset, {', '.join(_COUNTS)}, "
        "window_size, window_bits, halt_kind, halted) "
        "WHERE c.topic = k.topic AND c.partition = k.partition",
        *columns,
    )


def halt(tx: Transaction, topic: str, partition: int, offset: int, why: Halt) -> None:
    """Stop a partition that stands at `offset`.

    Raises:
        CursorMoved: it does not stand there, or it is halted.
    """
    (cursor,) = lock(tx, [(topic, partition, offset)])
    tx.execute(
        "UPDATE cursors SET halt_kind = %s, halted = %s WHERE topic = %s AND partition = %s",
        why.kind, why.text, cursor.topic, cursor.partition,
    )  # fmt: skip


def resume(tx: Transaction, topic: str, partition: int, until: int | None = None) -> bool:
    """Let a halted partition go on, its window empty; False if it was not halted.

    `until`: the offset before which refusals do not halt it again; None leaves that as it is.
    """
    return bool(
        tx.execute(
            "UPDATE cursors SET halt_kind = NULL, halted = NULL, window_size = 0, "
            "window_bits = '', refusal_limit_from = coalesce(%s, refusal_limit_from) "
            "WHERE topic = %s AND partition = %s AND halted IS NOT NULL",
            until, topic, partition,
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


def _cursor(row: Row) -> Cursor:
    topic, partition, lane, next_offset, first_offset, *rest = row
    counts = Counts(*rest[: len(_COUNTS)])
    size, bits, kind, text, limit_from = rest[len(_COUNTS) :]
    window = RefusalWindow(size, int.from_bytes(bits, "big"))
    halted = Halt(HaltKind(kind), text) if text is not None else None
    return Cursor(
        topic, partition, lane, next_offset, first_offset, counts, window, halted, limit_from
    )  # fmt: skip


def _bytes(window: RefusalWindow) -> bytes:
    return window.bits.to_bytes((window.size + 7) // 8, "big")
