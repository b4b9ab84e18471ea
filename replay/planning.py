"""PLAN: what a replay will read, under which catalog, and what that changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.catalog.model import Badge, Catalog
from engine.store.database import Transaction
from engine.store.facts import ledger
from engine.store.generations import catalogs, replays
from engine.store.generations.catalogs import Generations
from engine.store.generations.replays import Replay


class NothingToReplay(Exception):
    """A program that was asked for is not there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows`: of the ledger, to be read. `changes`: in words, per catalog that programs are under
    now; none if it decides alike."""

    replay: Replay
    catalog: Catalog
    rows: int
    programs: int
    changes: tuple[tuple[str, tuple[str, ...]], ...]


def plan(tx: Transaction, catalog: Catalog, programs: Sequence[str] | None) -> Plan:
    """Plan a generation of these programs, or of all, from the ledger.

    Raises:
        NothingToReplay: a program is not known.
        ReplayBusy: a replay of one of them is open.
    """
    live = catalogs.live(tx)
    missing = sorted(set(programs or ()) - live.keys())
    if missing:
        raise NothingToReplay(f"nothing is known of program {', '.join(missing)}")
    covered = sorted(live if programs is None else set(programs))
    generations = Generations()
    under = {live[name] for name in covered}
    if programs is None:
        under.add(generations.default(tx).id)
    rows = ledger.size(tx)  # takes its time: before anything is locked
    replay = replays.create(tx, catalogs.store(tx, catalog), programs, {"source": "ledger"})
    olds = {generations.get(tx, number).catalog.digest: number for number in sorted(under)}
    found = [generations.get(tx, number).catalog for number in olds.values()]
    changes = tuple((f"{old.name} version {old.version}", changed(old, catalog)) for old in found)
    return Plan(replay, catalog, rows, len(covered), changes)


def changed(old: Catalog, new: Catalog) -> tuple[str, ...]:
    """What decides otherwise under the new catalog, a line each; () if nothing does."""
    lines = []
    for name in dict.fromkeys([*old.badge, *new.badge]):
        before, after = old.badge.get(name), new.badge.get(name)
        if before is None:
            lines.append(f"{name}: new")
        elif after is None:
            lines.append(f"{name}: gone")
        else:
            lines.extend(f"{name}{line}" for line in _changed(before, after))
    measures = {m.name: m.canonical() for m in old.measures}
    lines.extend(
        f"measure {m.name}: counts otherwise"
        for m in new.measures
        if m.name in measures and measures[m.name] != m.canonical()
    )
    effects = [sorted(map(str, (e.canonical() for e in c.effects))) for c in (old, new)]
    if effects[0] != effects[1]:
        lines.append("effects: otherwise; a replay invites nobody")
    return tuple(lines)


def _changed(before: Badge, after: Badge) -> list[str]:
    lines = []
    if before.scope != after.scope:
        lines.append(f": of the {after.scope}, was of the {before.scope}")
    was = {level.name: level.criterion for level in before.levels}
    now = {level.name: level.criterion for level in after.levels}
    for level in dict.fromkeys([*was, *now]):
        name = f" {level}" if level else ""
        if level not in was:
            lines.append(f"{name}: new, {now[level].words()}")
        elif level not in now:
            lines.append(f"{name}: gone, was {was[level].words()}")
        elif was[level].canonical() != now[level].canonical():
            lines.append(f"{name}: {now[level].words()}, was {was[level].words()}")
    if (before.repeatable is None) != (after.repeatable is None):
        lines.append(": repeatable now" if after.repeatable else ": no longer repeatable")
    return lines
