"""Tables of inputs: when events of each type were last heard in each program, and the longest gap
between them; and up to where of each partition that is complete."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.intake import silence
from engine.intake.silence import Input, InputWindow
from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class StoredInput:
    """What is known of the events of one type in one program."""

    program: str
    type: str
    heard: InputWindow


def read(tx: Transaction) -> list[StoredInput]:
    """All of them, by program and type."""
    rows = tx.rows(
        "SELECT program, type, first_at, last_at, longest_ms FROM inputs ORDER BY program, type"
    )
    return [
        StoredInput(program, type, InputWindow(_milliseconds(first), _milliseconds(last), longest))
        for program, type, first, last, longest in rows
    ]


def write(tx: Transaction, windows: Mapping[Input, InputWindow]) -> None:
    """Add what was heard meanwhile. Several workers may write at once."""
    if not windows:
        return
    names = sorted(windows)
    programs, types = [name.program for name in names], [name.type for name in names]
    # One worker at a time: two would each take the time since what the other has not written yet.
    tx.execute("LOCK TABLE inputs IN SHARE ROW EXCLUSIVE MODE")
    rows = tx.rows(
        "SELECT i.program, i.type, first_at, last_at, longest_ms FROM inputs i "
        "JOIN unnest(%b::text[], %b::text[]) k (program, type) USING (program, type)",
        programs, types,
    )  # fmt: skip
    stored = {
        Input(program, type): InputWindow(_milliseconds(first), _milliseconds(last), longest)
        for program, type, first, last, longest in rows
    }
    since = _unbroken_since(tx)
    merged = [
        silence.joined(stored[name], windows[name], since) if name in stored else windows[name]
        for name in names
    ]
    tx.execute(
        "INSERT INTO inputs (program, type, first_at, last_at, longest_ms) "
        "SELECT * FROM unnest(%b::text[], %b::text[], %b::timestamptz[], %b::timestamptz[], "
        "%b::bigint[]) ON CONFLICT (program, type) DO UPDATE SET first_at = excluded.first_at, "
        "last_at = excluded.last_at, longest_ms = excluded.longest_ms",
        programs, types, [_instant(w.first) for w in merged], [_instant(w.last) for w in merged],
        [w.longest for w in merged],
    )  # fmt: skip


def resume(tx: Transaction, offsets: Mapping[tuple[str, int], int]) -> Collection[tuple[str, int]]:
    """Partitions, each a topic and a number, are read from these offsets. Gives those of which
    records before them were committed and not written down, by a worker that was killed, say: no
    gap that reaches back before now is counted then."""
    rows = tx.rows("SELECT topic, partition, next_offset FROM input_positions")
    known = {(topic, number): offset for topic, number, offset in rows}
    missing = [name for name, offset in offsets.items() if known.get(name, 0) != offset]
    for name in missing:
        tx.execute(
            "INSERT INTO input_positions (topic, partition, next_offset, broken_at) "
            "VALUES (%s, %s, %s, now()) ON CONFLICT (topic, partition) DO UPDATE "
            "SET next_offset = excluded.next_offset, broken_at = now()",
            *name, offsets[name],
        )  # fmt: skip
    return missing


def advance(tx: Transaction, positions: Mapping[tuple[str, int], int]) -> None:
    """What was heard is complete up to these offsets."""
    names = sorted(positions)
    tx.execute(
        "INSERT INTO input_positions (topic, partition, next_offset) "
        "SELECT * FROM unnest(%b::text[], %b::int[], %b::bigint[]) ON CONFLICT (topic, partition) "
        "DO UPDATE SET next_offset = excluded.next_offset "
        "WHERE input_positions.next_offset < excluded.next_offset",
        [topic for topic, _ in names], [number for _, number in names],
        [positions[name] for name in names],
    )  # fmt: skip


def _unbroken_since(tx: Transaction) -> int | None:
    row = tx.one("SELECT max(broken_at) FROM input_positions")
    return None if row is None or row[0] is None else _milliseconds(row[0])


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1_000)


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1_000, UTC)
