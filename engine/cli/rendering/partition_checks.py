"""What `doctor` says of partitions: stopped ones, what was given up, and cursors that Kafka
contradicts."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Engine

from engine.settings import Settings
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor
from engine.store.postgres.connection import transaction
from engine.stream.offsets import positions
from engine.stream.offsets.positions import PositionLost
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing

# Whether it is good (None: only worth knowing), what was looked at, what was found.
Finding = tuple[bool | None, str, str]


def findings(loaded: Settings, engine: Engine, known: Mapping[int, Cursor]) -> Iterator[Finding]:
    """All findings. `known`: the cursors of the activity topic."""
    stopped = {number: c for number, c in known.items() if c.halted is not None}
    for number, cursor in stopped.items():
        yield False, f"partition {number}", _stopped(cursor)
    if not stopped:
        yield True, "partitions", "none is stopped"
    lost = sum(cursor.counts.lost for cursor in known.values())
    if lost:
        yield None, "lost", f"{lost} records given up by decision; the audit log says whose"
    if loaded.kafka_bootstrap:
        yield from _contradictions(loaded, engine)


def _stopped(cursor: Cursor) -> str:
    why = cursor.halted or ""
    if why.startswith("flood"):  # it says itself what to do
        return why.replace(". ", ".\n")
    return f"{why}\n{_way_on(cursor)}"


def _way_on(cursor: Cursor) -> str:
    why, number = cursor.halted or "", cursor.partition
    if why.startswith("unreadable"):
        skip = f"badge-engine recover --skip {number}:{cursor.next_offset}"
        return f"with all workers stopped, `{skip}` steps over it"
    if why.startswith("bug"):
        resume = f"badge-engine dead-letters resume {number}"
        return f"install an engine in which that is mended, then `{resume}`"
    return f"fix the reader, then `badge-engine dead-letters resume {number}`"


def _contradictions(loaded: Settings, engine: Engine) -> Iterator[Finding]:
    try:
        there = positions.look(loaded, engine)
    except (BrokerUnreachable, TopicMissing):
        return  # said already
    except PositionLost as lost:
        yield False, "topic", str(lost)
        return
    with transaction(engine) as tx:
        known = cursors.origin(tx, there.topic)
        found = there.troubles(known, cursors.read(tx, there.topic), there.ranges)
    for trouble in found:
        what = "topic" if trouble.partition is None else f"partition {trouble.partition}"
        yield False, what, f"{trouble.what}\n`badge-engine recover --dry-run` says how to go on"
    if not found:
        yield True, "cursors", "agree with Kafka"
