"""PLAN: what a replay will read, under which catalog, and what that changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from engine.catalog.differences import differences
from engine.catalog.model import Catalog
from engine.intake.report import Report
from engine.queries.visible import readable
from engine.store.facts import ledger
from engine.store.generations import catalogs, pointers, replays
from engine.store.generations.live import Generations
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from events.public_key import PublicKey
from replay.build import staging
from replay.build.reading import Conflict, HistoryReading

_CONFLICTS_NAMED = 1_000


class NothingToReplay(Exception):
    """A program that was asked for is not there, or a source has nothing."""


@dataclass(frozen=True, slots=True)
class SourceRead:
    """What was read: counts, how many records of other programs, and the conflicts with the ledger,
    the first of them named."""

    report: Report
    elsewhere: int
    conflicts: tuple[Conflict, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows`: of the ledger and staged, to be read. `changes`: in words, per catalog that programs
    are under now; none if it decides alike. `read`: of another source than the ledger."""

    replay: Replay
    catalog: Catalog
    rows: int
    programs: int
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    read: SourceRead | None = None


def plan(tx: Transaction, catalog: Catalog, programs: Sequence[str] | None) -> Plan:
    """Plan a generation of these programs, or of all, from the ledger.

    Raises:
        NothingToReplay: a program is not known.
        ReplayBusy: a replay of one of them is open.
    """
    live = pointers.live(tx)
    missing = sorted(set(programs or ()) - live.keys())
    if missing:
        raise NothingToReplay(f"nothing is known of program {', '.join(map(readable, missing))}")
    covered = sorted(live if programs is None else set(programs))
    generations = Generations()
    under = {live[name] for name in covered}
    if programs is None:
        under.add(generations.default(tx).id)
    rows = ledger.size(tx)  # slow: before anything is locked
    replay = replays.create(tx, catalogs.store(tx, catalog), programs, {"source": "ledger"})
    olds = {generations.get(tx, number).catalog.digest: number for number in sorted(under)}
    before = [generations.get(tx, number).catalog for number in olds.values()]
    return Plan(replay, catalog, rows, len(covered), _changes(before, catalog))


def plan_of(
    tx: Transaction,
    catalog: Catalog,
    history: HistoryReading,
    source: str,
    topic: str,
    notes_key: PublicKey | None,
) -> Plan:
    """Plan a generation of the ledger and of a history that was read from a source in this very
    transaction, and stage what the ledger lacks of it. New programs never start under it. `topic`:
    whose cursors count what is brought in. `notes_key`: what keys of people are sealed to.

    Raises:
        HashCollision: two different facts have the same key hash.
        NoNotesKey: a note is in clear, and `notes_key` is None.
        NothingToReplay: nothing was accepted.
        ReplayBusy: a replay of one of its programs is open.
    """
    programs = sorted(history.programs)
    if not programs:
        raise NothingToReplay(f"{source} has no record that could be accepted")
    live, generations = pointers.live(tx), Generations()
    details = {"source": source, "topic": topic}
    replay = replays.create(tx, catalogs.store(tx, catalog), programs, details)
    left_out = history.leave_out()
    conflicts = tuple(islice(left_out, _CONFLICTS_NAMED))
    unnamed = sum(1 for _ in left_out)
    staging.stage(tx, replay.id, history.rows, notes_key)
    under = sorted({live[name] for name in programs if name in live})
    before = {generations.get(tx, n).catalog.digest: generations.get(tx, n).catalog for n in under}
    changes = _changes(before.values(), catalog)
    report = history.report()
    rows = ledger.size(tx) + report.applied + report.retractions
    read = SourceRead(report, history.elsewhere, conflicts, unnamed)
    return Plan(replay, catalog, rows, len(programs), changes, read)


def _changes(olds: Iterable[Catalog], new: Catalog) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the new catalog decides otherwise than each of the old ones."""
    return tuple(
        (f"{old.name} version {old.version}", tuple(differences(old, new))) for old in olds
    )
