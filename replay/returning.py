"""ROLLBACK: programs go back under the catalogs that they were under before a cutover.

The way back is the way forth: a generation under the earlier catalog is built from the ledger as it
is now, verified, and switched to. What the cutover did without a word, is undone without a word.
RETIRE gives up generations that nobody goes back to.
"""

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import Engine

from engine.store import audit_log
from engine.store.database import Transaction, transaction
from engine.store.generations import chunks, pointers, replays, tables
from engine.store.generations.catalogs import Generations
from engine.store.generations.replays import Replay
from events.instants import Instant
from replay import building, catching_up, history, verifying
from replay.building import Step
from replay.cutover import Change, switch_over, without_batches
from replay.deciding import NotReady
from replay.policies import Policy
from replay.switching import Done


def prepare(tx: Transaction, number: int) -> list[int]:
    """Plan the generations that a rollback of `number` goes back to, one for each that its programs
    were under; those of an earlier rollback that did not end are taken up again.

    Raises:
        NoSuchGeneration, ReplayBusy
        NotReady: it is not live, or nothing was before it, or that is retired.
    """
    left = replays.get(tx, number)
    if left.status != "live":
        raise NotReady(f"generation {number} is {left.status}: nothing is under it to go back")
    begun = [r for r in replays.every(tx) if r.details.get("rollback_of") == number]
    if open_ := [r.id for r in begun if r.status in replays.OPEN]:
        return open_
    before = left.details.get("default_before")
    programs = pointers.under(tx, number)
    targets: dict[int, list[str]] = {}
    for program, previous in programs.items():
        target = before if previous is None else previous
        if target is not None:
            targets.setdefault(target, []).append(program)
    if before is not None:
        targets.setdefault(before, [])
    if not targets:
        raise NotReady(f"generation {number} took nobody's place: there is nothing to go back to")
    found = []
    for target, mine in sorted(targets.items()):
        earlier = replays.get(tx, target)
        if earlier.status == "retired":
            raise NotReady(f"generation {target} is retired: plan a new one with its catalog")
        details = {"source": "ledger", "rollback_of": number, "default": target == before}
        found.append(replays.create(tx, earlier.catalog, mine, details).id)
    return found


def build(engine: Engine, url: str, numbers: list[int]) -> Iterator[Step]:
    """Build and verify what a rollback goes back to."""
    for number in numbers:
        with transaction(engine) as tx:
            status = replays.get(tx, number).status
        if status != "ready":
            yield from building.build(engine, url, number)
            verifying.verify(engine, number)


def rollback(
    engine: Engine, number: int, numbers: list[int], now: Instant, by: str, reason: str
) -> Done:
    """Leave a generation for those that `prepare` planned, and that are ready.

    Raises:
        NotReady, CutoverBusy, ReplayBusy
    """
    for earlier in numbers:
        catching_up.in_rounds(engine, earlier)

    def switch(tx: Transaction) -> Done:
        for earlier in numbers:
            catching_up.catch_up(tx, earlier)
        _take_latecomers(tx, number, numbers)
        changes = [Change(replays.get(tx, n), Policy(), again_silent=True) for n in numbers]
        done = switch_over(tx, changes, now)
        details = {"generation": number, "to": numbers, **asdict(done)}
        audit_log.note(tx, "rollback", by, reason, details)
        return done

    return without_batches(engine, switch)


def _take_latecomers(tx: Transaction, left: int, numbers: list[int]) -> None:
    """Programs first seen under the generation that is left, since the rollback was planned, go
    where new programs start."""
    found = [replays.get(tx, number) for number in numbers]
    late = {p for p in pointers.under(tx, left) if not any(r.covers(p) for r in found)}
    for replay in found:
        if late and replay.takes_default:
            replays.add_programs(tx, replay.id, late)
            generation = Generations().get(tx, replay.id)
            places = catching_up.since(tx, replay.planned_at, replays.cursors(tx))
            catching_up.refold(tx, replays.get(tx, replay.id), generation, places)


def retire(engine: Engine, number: int) -> Replay:
    """Drop what a generation holds. One that was live can then not be gone back to; one that never
    was is given up. What was announced stays.

    Raises:
        NoSuchGeneration, ReplayBusy
        NotReady: programs are under it.
    """
    with transaction(engine) as tx:
        replays.work_on(tx, number)
        replay = replays.get(tx, number)
        if replay.status == "live":
            raise NotReady(f"generation {number} is live: its programs are under it")
        tables.drop(tx, number, (*tables.PROJECTIONS, *tables.OF_A_BUILD))
        chunks.forget(tx, number)
        history.forget(tx, number)
        was_live = replay.status in ("replaced", "retired")
        status: replays.Status = "retired" if was_live else "dropped"
        return replays.note(tx, number, status)
