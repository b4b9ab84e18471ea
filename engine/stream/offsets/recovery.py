"""The way on from whatever `positions` refuses, by a person's decision and with an audit entry.

Workers must be stopped: the group may have no members, and the cursors are locked. Only offsets of
a halted partition are skipped while workers run: nobody reads there.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine

from engine.settings import Settings
from engine.store import audit_log
from engine.store.cursors import cursors, repairs
from engine.store.cursors.cursors import Cursor
from engine.store.cursors.halt import HaltKind
from engine.store.postgres.connection import Transaction, transaction
from engine.stream.offsets import groups, positions
from engine.stream.offsets.contradictions import Contradiction, ContradictionKind
from engine.stream.offsets.positions import Look

_ASK_AGAIN_SECONDS = 0.5


class CannotRecover(Exception):
    """The way on is not clear, or not safe now; nothing was changed."""


class Skip(NamedTuple):
    """Offsets of a partition that are not read: from `first` to `last`, that one too."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RecoveryRequest:
    """What to recover: these partitions (empty: all), and offsets to be skipped, by partition."""

    partitions: frozenset[int] = frozenset()
    skips: Mapping[int, Skip] = field(default_factory=dict)

    @property
    def only_skips(self) -> bool:
        """Whether nothing else is asked for."""
        return bool(self.skips) and not self.partitions


@dataclass(frozen=True, slots=True)
class RecoveryStep:
    """One thing that is wrong, what is done about it, and what the audit log says of it."""

    wrong: str
    done: str
    details: dict[str, Any]
    apply: Callable[[Transaction], None]


def recover(
    settings: Settings, engine: Engine, topic: str, wanted: RecoveryRequest, by: str, reason: str
) -> list[RecoveryStep]:
    """Do what is to be done of a topic; gives the steps done, which is none where nothing is wrong.

    Raises:
        CannotRecover: workers run, or what was asked for does not fit; nothing was changed.
        BrokerUnreachable, TopicMissing, DatabaseUnreachable: ask again; no step is done twice.
    """
    there = positions.look(settings, engine, topic)
    workers_may_run = wanted.only_skips and _halted(there.before, wanted.skips)
    if not workers_may_run:
        _wait_until_nobody_works(settings)
        there = positions.look(settings, engine, topic)
    try:
        with transaction(engine) as tx:
            locked = repairs.lock(tx, there.topic, wanted.skips if workers_may_run else None)
            if workers_may_run and not _halted(locked, wanted.skips):
                raise CannotRecover("a partition was resumed meanwhile; nothing was done")
            steps = _steps(tx, there, locked, wanted, only_skipped=workers_may_run)
            for step in steps:
                step.apply(tx)
                details = {"topic": there.topic, **step.details}
                audit_log.note(tx, "recover", by, reason, details)
            known = cursors.read(tx, there.topic)
    except LockNotAvailable:
        raise CannotRecover("somebody holds a cursor: is a worker still running?") from None
    # After the commit: as long as this is not done, the workers refuse as before.
    behind = {
        number: known[number].next_offset
        for number, offset in there.committed.items()
        if number in (wanted.partitions or known) and known[number].next_offset < offset
    }
    if steps and behind and not workers_may_run:
        groups.commit(settings, there.topic, behind)
    return steps


def plan(
    settings: Settings, engine: Engine, topic: str, wanted: RecoveryRequest
) -> list[RecoveryStep]:
    """What `recover` would do now. Raises as it does, but for running workers."""
    there = positions.look(settings, engine, topic)
    workers_may_run = wanted.only_skips and _halted(there.before, wanted.skips)
    with transaction(engine) as tx:
        known = cursors.read(tx, there.topic)
        return _steps(tx, there, known, wanted, only_skipped=workers_may_run)


def _halted(known: Mapping[int, Cursor], partitions: Iterable[int]) -> bool:
    """Whether all of these are halted."""
    cursors_of = (known.get(number) for number in partitions)
    return all(cursor is not None and cursor.halted is not None for cursor in cursors_of)


def _wait_until_nobody_works(settings: Settings) -> None:
    """A worker that ended at once counts until its session does: so long is waited."""
    deadline = time.monotonic() + 1.5 * settings.session_seconds + 1.0
    while running := groups.members(settings):
        if time.monotonic() > deadline:
            raise CannotRecover(
                f"{running} worker{'s are' if running > 1 else ' is'} in group {settings.group}: "
                "stop all first, and keep them from being restarted"
            )
        time.sleep(_ASK_AGAIN_SECONDS)


def _steps(
    tx: Transaction,
    there: Look,
    known: Mapping[int, Cursor],
    wanted: RecoveryRequest,
    *,
    only_skipped: bool,
) -> list[RecoveryStep]:
    """`only_skipped`: what is wrong with other partitions is left for when workers are stopped."""
    unknown = (wanted.partitions | wanted.skips.keys()) - there.ranges.keys()
    if unknown:
        raise CannotRecover(f"{there.topic} has no partition {min(unknown)}")
    chosen = wanted.skips.keys() if only_skipped else wanted.partitions or there.ranges.keys()
    contradictions = there.troubles(cursors.origin(tx, there.topic), known, chosen)
    steps: list[RecoveryStep] = []
    if contradictions and contradictions[0].partition is None and not only_skipped:
        if wanted.partitions:
            raise CannotRecover(
                f"{contradictions[0].what} This concerns the whole topic: name no partition."
            )
        partitions = sorted(number for number in known if number >= 0)
        steps = [_begin_again(there, contradictions[0], partitions)]
    elif not only_skipped:
        steps = [_step(there, each, known.get(each.partition or 0)) for each in contradictions]
    wrong = {each.partition for each in contradictions}
    for partition, skip in sorted(wanted.skips.items()):
        if {partition, None} & wrong:
            raise CannotRecover(
                f"{there.topic} partition {partition}: recover it first, with all workers stopped "
                "and without --skip; then skip offsets"
            )
        steps.append(_skip(there, known.get(partition), partition, skip))
    return steps


def _step(there: Look, trouble: Contradiction, cursor: Cursor | None) -> RecoveryStep:
    number = trouble.partition
    assert number is not None
    where = f"{there.topic} partition {number}"
    details: dict[str, Any] = {"trouble": trouble.kind.value, "partition": number}
    if trouble.kind is ContradictionKind.TRUNCATED:
        return _begin_again(there, trouble, [number])
    if cursor is None:
        start = there.ranges[number].begin
        done = (
            f"{where} is read from its beginning, {start}; whatever it justifies is announced again"
        )
        return RecoveryStep(trouble.what, done, {**details, "to": start}, _begin(there, [number]))
    details["from"] = cursor.next_offset
    if trouble.kind is ContradictionKind.RETENTION:
        start = there.ranges[number].begin
        lost = start - cursor.next_offset
        done = f"{where} goes on at {start}; {lost} records count as lost"
        return RecoveryStep(
            trouble.what,
            done,
            {**details, "to": start, "lost": lost},
            lambda tx: repairs.give_up(tx, cursor, start),
        )
    done = (
        f"{where} is read again from its cursor on; the group's offset goes back from "
        f"{there.committed[number]}"
    )
    return RecoveryStep(
        trouble.what, done, {**details, "committed": there.committed[number]}, _nothing
    )


def _begin_again(there: Look, trouble: Contradiction, partitions: Sequence[int]) -> RecoveryStep:
    """Set the cursors aside, and begin where the partitions begin now."""
    name = f"{there.topic} until {datetime.now(UTC).isoformat(timespec='microseconds')}"

    def apply(tx: Transaction) -> None:
        repairs.set_aside(tx, there.topic, partitions, name)
        _begin(there, partitions if trouble.partition is not None else there.ranges)(tx)

    every = f"all partitions of {there.topic} are"
    which = every if trouble.partition is None else f"{there.topic} partition {partitions[0]} is"
    done = f"{which} read from the beginning; what was counted so far is kept as {name!r}"
    details = {"trouble": trouble.kind.value, "partition": trouble.partition, "kept_as": name}
    return RecoveryStep(trouble.what, done, details, apply)


def _skip(there: Look, cursor: Cursor | None, partition: int, skip: Skip) -> RecoveryStep:
    where = f"{there.topic} partition {partition}"
    if cursor is None:
        raise CannotRecover(f"{where} was never read: start a worker first")
    if cursor.next_offset != skip.first:
        raise CannotRecover(
            f"{where} is at {cursor.next_offset}, not at {skip.first}: only what comes next "
            "can be skipped"
        )
    if cursor.halted is not None and cursor.halted.kind is HaltKind.REFUSAL_LIMIT:
        raise CannotRecover(
            f"{where} was halted by a flood of refusals, not by one record: "
            f"`badge-engine dead-letters resume {partition} --topic {there.topic}` lets it go on"
        )
    if skip.last >= there.ranges[partition].stable_end:
        raise CannotRecover(f"{where} has no record at {skip.last} yet that may be read")
    trouble = cursor.halted.text if cursor.halted is not None else None
    why = trouble or "nothing is known to be wrong with it"
    end, lost = skip.last + 1, skip.last + 1 - skip.first
    named = (
        f"offset {skip.first} counts" if lost == 1 else f"offsets {skip.first} to {skip.last} count"
    )
    return RecoveryStep(
        f"{where} is at {skip.first}: {why}",
        f"{where} goes on at {end}; {named} as lost",
        {
            "trouble": trouble,
            "partition": partition,
            "from": skip.first,
            "to": end,
            "lost": lost,
        },
        lambda tx: repairs.give_up(tx, cursor, end),
    )


def _begin(there: Look, partitions: Sequence[int] | Mapping[int, Any]) -> Callable[..., None]:
    return lambda tx: positions.begin(tx, there, partitions)


def _nothing(_tx: Transaction) -> None:
    """The database is right as it is; it is the group's offsets that are not."""
