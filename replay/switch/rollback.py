"""ROLLBACK: programs go back under the catalogs that they were under before a cutover.

The way back is the way forth: a generation under the earlier catalog is built from the ledger as it
is now, verified, and switched to. What the cutover did without a word, is undone without a word.
RETIRE gives up generations that nobody goes back to.
"""

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import Engine

from engine.store import audit_log
from engine.store.generations import pointers, replays
from engine.store.generations.live import Generations
from engine.store.generations.replays import NotReady, Replay
from engine.store.postgres.connection import Transaction, transaction
from engine.store.projections import chunks
from events.instants import Instant
from replay.build import build as building
from replay.build import catch_up, staging, verify
from replay.build.build import BuildStep
from replay.switch.apply import SwitchResult
from replay.switch.cleanup import sweep
from replay.switch.cutover import Change, switch_over, without_batches
from replay.switch.policies import Policy

_BUILT: tuple[replays.Status, ...] = ("ready", "approved")


def prepare(tx: Transaction, number: int) -> list[int]:
    """Plan the generations that a rollback of `number` goes back to, one for each that its programs
    were under. Those of an earlier rollback that did not end are taken up again if they are all
    there still; else what is left of them is given up.

    Raises:
        NoSuchGeneration, ReplayBusy
        NotReady: it is not live, or nothing was before it, or that is retired.
    """
    left = replays.get(tx, number)
    if left.status != "live":
        raise NotReady(f"generation {number} is {left.status}: nothing is under it to go back")
    if open_ := _begun(tx, number):
        together = open_[0].details["together"]
        if together == [replay.id for replay in open_]:
            return [replay.id for replay in open_]
        for replay in open_:
            _give_up(tx, replay.id)
    # Read before the programs: one that is first seen in between is looked for when it is switched.
    planned_at = replays.cursors(tx)
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
    found: list[Replay] = []
    for target, mine in sorted(targets.items()):
        earlier = replays.get(tx, target)
        if earlier.status == "retired":
            raise NotReady(f"generation {target} is retired: plan a new one with its catalog")
        details = {"source": "ledger", "rollback_of": number, "default": target == before}
        found.append(replays.create(tx, earlier.catalog, mine, details, planned_at))
    numbers = [replay.id for replay in found]
    for replay in found:
        replays.note(tx, replay.id, replay.status, together=numbers, leaving=sorted(programs))
    return numbers


def _begun(tx: Transaction, number: int) -> list[Replay]:
    """What is open of an earlier rollback. In the details of each: `together`, the numbers of all
    that were planned at once; `leaving`, the programs that were under `number` then."""
    return [
        replay
        for replay in replays.every(tx)
        if replay.details.get("rollback_of") == number and replay.status in replays.OPEN
    ]


def build(engine: Engine, url: str, numbers: list[int]) -> Iterator[BuildStep]:
    """Build and verify what a rollback goes back to."""
    for number in numbers:
        with transaction(engine) as tx:
            status = replays.get(tx, number).status
        if status not in _BUILT:
            yield from building.build(engine, url, number)
            verify.verify(engine, number)


def rollback(
    engine: Engine, number: int, numbers: list[int], now: Instant, by: str, reason: str
) -> SwitchResult:
    """Leave a generation for those that `prepare` planned, and that are ready.

    Raises:
        CutoverBusy, ReplayBusy
        NotReady: somebody else left it meanwhile, or retired what it goes back to.
    """
    for earlier in numbers:
        catch_up.in_rounds(engine, earlier)

    def switch(tx: Transaction) -> SwitchResult:
        _check(tx, number, numbers)
        for earlier in numbers:
            catch_up.catch_up(tx, earlier)
        _take_latecomers(tx, number, numbers)
        changes = [Change(replays.get(tx, n), Policy(), left=number) for n in numbers]
        done = switch_over(tx, changes, now)
        details = {"generation": number, "to": numbers, **asdict(done)}
        audit_log.note(tx, "rollback", by, reason, details)
        return done

    done = without_batches(engine, switch)
    sweep(engine)
    return done


def _check(tx: Transaction, left: int, numbers: list[int]) -> None:
    """Raises NotReady unless all is as it was when the way back was built."""
    found = replays.get(tx, left)
    if found.status != "live":
        raise NotReady(f"generation {left} is {found.status}: somebody else left it meanwhile")
    for earlier in numbers:
        replay = replays.get(tx, earlier)
        if replay.status not in _BUILT:
            raise NotReady(
                f"generation {replay.id}, to go back to, is {replay.status}: run "
                f"`badge-replay rollback {left}` again"
            )


def _take_latecomers(tx: Transaction, left: int, numbers: list[int]) -> None:
    """Programs first seen under the generation that is left, since the rollback was planned, go
    where new programs start."""
    found = [replays.get(tx, number) for number in numbers]
    late = pointers.under(tx, left).keys() - set(found[0].details["leaving"])
    for replay in found:
        if late and replay.takes_default:
            replays.add_programs(tx, replay.id, late)
            generation = Generations().get(tx, replay.id)
            places = catch_up.since(tx, replay.planned_at, replays.cursors(tx))
            catch_up.refold(tx, replays.get(tx, replay.id), generation, places)


def retire(engine: Engine, number: int) -> Replay:
    """Drop what a generation holds. One that was live can then not be gone back to; one that never
    was is given up. What was announced stays.

    Raises:
        NoSuchGeneration, ReplayBusy
        NotReady: programs are under it.
    """
    with transaction(engine) as tx:
        replay = _give_up(tx, number)
    sweep(engine)
    return replay


def _give_up(tx: Transaction, number: int) -> Replay:
    """Take a generation out of everybody's hands; a sweep then drops what it holds."""
    replays.work_on(tx, number)
    replay = replays.get(tx, number)
    if replay.status == "live":
        raise NotReady(f"generation {number} is live: its programs are under it")
    staging.forget(tx, number)
    chunks.forget(tx, number)  # waits for parts that are being folded
    was_live = replay.status in ("replaced", "retired")
    return replays.note(tx, number, "retired" if was_live else "dropped")
