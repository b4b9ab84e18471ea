"""What `doctor` says of partitions: stopped ones, what was given up, and cursors that Kafka
contradicts."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Engine

from engine.settings import Settings
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.postgres.connection import transaction
from engine.stream.offsets import positions
from engine.stream.offsets.positions import PositionLost
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing

# Whether it is good (None: only worth knowing), what was checked, and the result.
Finding = tuple[bool | None, str, str]


def findings(
    loaded: Settings, engine: Engine, known: Mapping[str, Mapping[int, Cursor]]
) -> Iterator[Finding]:
    """All findings. `known`: the cursors of the topics that are read."""
    every = [cursor for of_topic in known.values() for cursor in of_topic.values()]
    stopped = [(cursor, cursor.halted) for cursor in every if cursor.halted is not None]
    for cursor, halt in stopped:
        number = f"partition {cursor.partition}"
        yield False, number, f"{cursor.topic}: {_stopped(cursor, halt)}"
    if not stopped:
        yield True, "partitions", "none is stopped"
    lost = sum(cursor.counts.lost for cursor in every)
    if lost:
        yield None, "lost", f"{lost} records given up by decision; the audit log says whose"
    if loaded.kafka_bootstrap:
        for topic in known:
            yield from _contradictions(loaded, engine, topic)


def _stopped(cursor: Cursor, halt: Halt) -> str:
    if halt.kind is HaltKind.REFUSAL_LIMIT:  # it says itself what to do
        return halt.text.replace(". ", ".\n")
    return f"{halt.text}\n{_way_on(cursor, halt)}"


def _way_on(cursor: Cursor, halt: Halt) -> str:
    in_topic = f"--topic {cursor.topic}"
    resume = f"badge-engine dead-letters resume {cursor.partition} {in_topic}"
    if halt.kind is HaltKind.UNREADABLE:
        return f"this engine refuses such a record and goes on: `{resume}`"
    if halt.kind is HaltKind.TOO_SLOW:
        skip = f"badge-engine recover --skip {cursor.partition}:{cursor.next_offset} {in_topic}"
        return (
            f"see what the database does meanwhile, then `{resume}`; or step over it:\n"
            f"`{skip} --by NAME --reason TEXT`"
        )
    return f"install an engine in which that is mended, then `{resume}`"


def _contradictions(loaded: Settings, engine: Engine, topic: str) -> Iterator[Finding]:
    try:
        there = positions.look(loaded, engine, topic)
    except (BrokerUnreachable, TopicMissing):
        return  # another check names it
    except PositionLost as lost:
        yield False, "topic", str(lost)
        return
    with transaction(engine) as tx:
        known = cursors.origin(tx, there.topic)
        contradictions = there.troubles(known, cursors.read(tx, there.topic), there.ranges)
    for trouble in contradictions:
        what = "topic" if trouble.partition is None else f"partition {trouble.partition}"
        yield False, what, f"{trouble.what}\n`badge-engine recover --dry-run` says how to go on"
    if not contradictions:
        yield True, "cursors", f"those of {topic} agree with Kafka"
