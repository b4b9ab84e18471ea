"""PLAN: what a replay will read, under which catalog, and what that changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from engine.catalog.differences import differences
from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.intake.content import decode
from engine.intake.keys import Key
from engine.intake.report import Report
from engine.queries.visible import readable
from engine.store.facts import ledger
from engine.store.generations import catalogs, pointers, replays
from engine.store.generations.live import Generations
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from engine.store.projections.measures import HashCollision
from events.public_key import PublicKey
from replay.build import staging
from replay.build.preview import Conflict, PreviewIntake

_KEYS_AT_ONCE = 10_000


class NothingToReplay(Exception):
    """A program that was asked for is not there, or a source has nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows`: of the ledger and staged, to be read. `changes`: in words, per catalog that programs
    are under now; none if it decides alike. Of what was read from another source: `report`,
    `elsewhere` (how many records of other programs), and `conflicts` with the ledger."""

    replay: Replay
    catalog: Catalog
    rows: int
    programs: int
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    report: Report | None = None
    elsewhere: int = 0
    conflicts: tuple[Conflict, ...] = ()


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
    intake: PreviewIntake,
    source: str,
    topic: str,
    notes_key: PublicKey | None,
) -> Plan:
    """Plan a generation of the ledger and of a history that was read from a source, and stage what
    the ledger lacks of it. New programs never start under it. `topic`: whose cursors count what is
    brought in. `notes_key`: what keys of people are sealed to.

    Raises:
        NoNotesKey: it has a note in clear, and `notes_key` is None.
        NothingToReplay: nothing was accepted.
        ReplayBusy: a replay of one of its programs is open.
    """
    programs = sorted(intake.programs)
    if not programs:
        raise NothingToReplay(f"{source} has no record that could be accepted")
    live, generations = pointers.live(tx), Generations()
    details = {"source": source, "topic": topic}
    replay = replays.create(tx, catalogs.store(tx, catalog), programs, details)
    conflicts = intake.leave_out(_known(tx, intake))
    _check_keys(conflicts)
    staging.stage(tx, replay.id, intake.rows(), intake.noted(), notes_key)
    under = sorted({live[name] for name in programs if name in live})
    before = {generations.get(tx, n).catalog.digest: generations.get(tx, n).catalog for n in under}
    changes = _changes(before.values(), catalog)
    report = intake.report(0)
    rows = ledger.size(tx) + report.applied + report.retractions
    return Plan(
        replay, catalog, rows, len(programs), changes, report, intake.elsewhere, tuple(conflicts)
    )


def _known(tx: Transaction, intake: PreviewIntake) -> dict[Key, str]:
    """What the ledger has of the keys that were read: contents by key."""
    waiting = iter(set(intake.keys()))
    known: dict[Key, str] = {}
    while keys := list(islice(waiting, _KEYS_AT_ONCE)):
        known.update(ledger.find(tx, keys))
    return known


def _check_keys(conflicts: Iterable[Conflict]) -> None:
    """Raises HashCollision unless each contradicts the ledger's content of the same fact."""
    for item in conflicts:
        known, fact = decode(item.first), item.fact
        if not isinstance(known, Fact) or (known.place, known.type, known.id) != (
            fact.place,
            fact.type,
            fact.id,
        ):
            raise HashCollision(f"a fact of {fact.place} and one already in the ledger")


def _changes(olds: Iterable[Catalog], new: Catalog) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the new catalog decides otherwise than each of the old ones."""
    return tuple(
        (f"{old.name} version {old.version}", tuple(differences(old, new))) for old in olds
    )
