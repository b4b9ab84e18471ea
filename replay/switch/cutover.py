"""CUTOVER: programs change over to a generation in one instant, while workers run.

Live traffic goes on up to the last moment. Then batches wait (each holds the cutover lock, shared,
until it ends), the last facts are folded, the diff is compared with the approved one, and awards,
announcements and pointers change in one transaction. The next batch reads the new generation. A
failure leaves everything as it was.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from math import inf
from typing import TypeVar

from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine

from engine.catalog import renames
from engine.catalog.model import Catalog
from engine.catalog.renames import BadgeLevel
from engine.store import audit_log
from engine.store.awards import awards
from engine.store.generations import pointers, replays
from engine.store.generations.live import Generation, Generations
from engine.store.generations.replays import Replay
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction, transaction
from engine.store.postgres.frozen_workers import end_frozen_in_batches
from engine.store.projections import chunks
from events.instants import Instant
from replay.build import catch_up, staging
from replay.diff import summary
from replay.switch import approve
from replay.switch.apply import ReplayDifferences, Switch, SwitchResult
from replay.switch.cleanup import sweep
from replay.switch.policies import SwitchPolicy

T = TypeVar("T")

_PATIENCE = "5s"  # for batches in flight; the next ones queue behind us as long
_TRIES = 6
_PAUSE_SECONDS = 1.0


class DiffMoved(Exception):
    """The diff is not what was approved any more: look at it again."""


class CutoverBusy(Exception):
    """Batches in flight did not end, or would have to wait for too long."""


@dataclass(frozen=True, slots=True)
class Change:
    """A generation that goes live. `left`: the one that is rolled back, if this is a rollback."""

    replay: Replay
    policy: SwitchPolicy
    left: int | None = None


def cutover(
    engine: Engine,
    number: int,
    now: Instant,
    tolerance: float = summary.SHARE,
    longest_pause: float = inf,
) -> SwitchResult:
    """Put the programs of an approved generation under it. `longest_pause`: for how many seconds
    batches may have to wait.

    Raises:
        NoSuchGeneration, NotReady, ReplayBusy
        DiffMoved: late facts changed the diff by more than is tolerated. The generation is ready,
            and not approved any more.
        CutoverBusy: batches in flight did not end, or would wait for too long; nothing was changed.
    """
    with transaction(engine) as tx:
        replay = replays.get(tx, number)
        approve.approval(replay)
        approved_before = replay.details["approval"]
    pause = catch_up.in_rounds(engine, number)
    if pause > longest_pause:
        raise CutoverBusy(
            f"batches would have to wait for {pause:.0f} s or more, for as long as it takes to "
            "catch up with the records that arrive. Nothing was changed. Try when fewer arrive, or "
            "let them wait: "
            f"--longest-pause {2 * pause:.0f}"
        )

    def switch(tx: Transaction) -> SwitchResult:
        catch_up.catch_up(tx, number)
        replay = replays.get(tx, number)
        approved = approve.approval(replay)
        moved = summary.beyond(approved.counts, summary.summary(tx, replay).counts, tolerance)
        if moved:
            raise DiffMoved("; ".join(moved))
        brought_in = staging.bring_in(tx, replay) if staging.is_staged(replay) else None
        done = switch_over(tx, [Change(replay, approved.policy)], now)
        details = {"generation": number, **instant_details(tx, now), **asdict(done)}
        if brought_in is not None:
            details["brought_in"] = asdict(brought_in)
        audit_log.note(tx, "cutover", approved.by, approved.reason, details)
        return done

    try:
        done = without_batches(engine, switch)
    except DiffMoved as error:
        with transaction(engine) as tx:
            replays.work_on(tx, number)
            replay = replays.get(tx, number)
            # Unless it was approved again, or switched to, meanwhile.
            if replay.status == "approved" and replay.details["approval"] == approved_before:
                replays.note(tx, number, "ready", approval=None)
        raise DiffMoved(
            f"generation {number} was approved with another diff ({error}): look at it with "
            f"`badge-replay diff {number}`, and approve it again"
        ) from None
    sweep(engine)
    return done


def instant_details(tx: Transaction, now: Instant) -> dict[str, object]:
    """For the audit log, the instant of a switch: the time that its messages carry, and up to which
    offset of each lane the ledger's rows were known to it."""
    cursors = {str(lane): offset for lane, offset in replays.cursors(tx).items()}
    return {"time": now, "cursors": cursors}


def without_batches(engine: Engine, work: Callable[[Transaction], T]) -> T:
    """Do work in a transaction that no batch runs beside. Frozen workers are ended at last.

    Raises:
        CutoverBusy: batches in flight did not end.
    """
    waiting: list[str] = []
    for tried in range(_TRIES + 1):
        if tried == _TRIES:
            held = end_frozen_in_batches(engine)  # no other worker may be left to do it
            waiting = held.waiting
            if not held.ended:
                break
        time.sleep(_PAUSE_SECONDS if tried else 0)  # for those that queue behind us
        with suppress(_NotYet), transaction(engine) as tx:
            _exclude_batches(tx)
            return work(tx)
    raise CutoverBusy(
        f"batches in flight did not end within {_PATIENCE}, {_TRIES} times: nothing was changed. "
        f"Who holds them: {', '.join(waiting) or 'none any more'}; see docs/operating.md, "
        "'a frozen worker'"
    )


class _NotYet(Exception):
    """Batches in flight have not ended."""


def _exclude_batches(tx: Transaction) -> None:
    tx.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
    try:
        tx.execute(f"SELECT pg_advisory_xact_lock({locks.CUTOVER})")
    except LockNotAvailable:
        raise _NotYet from None


def _renamed(
    tx: Transaction, replay: Replay, generation: Generation
) -> list[tuple[list[str], Mapping[BadgeLevel, BadgeLevel]]]:
    """Programs, each with what the generation calls otherwise than the catalog they are under."""
    under: dict[int, tuple[Catalog, list[str]]] = {}
    for program, live in Generations().live(tx).items():
        if replay.covers(program):
            under.setdefault(live.catalog_id, (live.catalog, []))[1].append(program)
    names = [
        (programs, renames.between(catalog, generation.catalog))
        for catalog, programs in under.values()
    ]
    return [(programs, otherwise) for programs, otherwise in names if otherwise]


def switch_over(tx: Transaction, changes: Sequence[Change], now: Instant) -> SwitchResult:
    """Change awards and pointers. The caller holds the cutover lock, has caught up, and sweeps when
    it is committed."""
    whole = SwitchResult()
    for change in changes:
        generation = Generations().get(tx, change.replay.id)
        renamed = _renamed(tx, change.replay, generation)
        for programs, names in renamed:
            whole.renamed += awards.rename(tx, programs, names)
        changed = ReplayDifferences(tx, change.replay, change.left)
        again_silent = change.left is not None
        switch = Switch(tx, generation, changed, change.policy, now, again_silent=again_silent)
        whole = whole.plus(switch.run())
        # Only now: what was decided under the catalog before may need another proof.
        for programs, names in renamed:
            awards.put_under(tx, programs, names.values(), generation.catalog_id)
    for change in changes:
        number = change.replay.id
        default_before = pointers.default(tx) if change.replay.takes_default else None
        pointers.move(tx, change.replay)
        chunks.forget(tx, number)
        replays.note(
            tx, number, "live", live_since=now, default_before=default_before, cut=None,
            first_cut=None, planned_at=None, source="ledger",
        )  # fmt: skip
    pointers.mark_replaced(tx)
    return whole
