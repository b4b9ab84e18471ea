"""ROLLBACK: programs go back under the catalogs that they were under before a cutover.

For each of those catalogs a generation is planned, built from the ledger as it is now, verified,
and switched to. What the cutover did silently is undone silently; what it kept by decision is lost
where no fact justifies it. RETIRE drops generations for good.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine

from engine.store import audit_log
from engine.store.generations import pointers, replays
from engine.store.generations.live import Generations
from engine.store.generations.replays import Cut, NotReady, Replay
from engine.store.postgres.connection import Transaction, transaction
from engine.store.projections import chunks
from events.instants import Instant
from replay.build import build as building
from replay.build import catch_up, staging, verify
from replay.build.build import BuildStep
from replay.switch.apply import SwitchResult
from replay.switch.cleanup import sweep
from replay.switch.cutover import Change, instant_details, switch_over, without_batches
from replay.switch.policies import SwitchPolicy

_BUILT: tuple[replays.Status, ...] = ("ready", "approved")


@dataclass(frozen=True, slots=True)
class RollbackPlan:
    """The way back from the generation `left`: a new generation for each that its programs were
    under before. `leaving`: the programs that were under it when this was planned."""

    left: int
    generations: tuple[int, ...]
    leaving: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Target:
    """An earlier generation, and the programs that go back under its catalog. `default`: programs
    never seen before go back too."""

    earlier: int
    programs: frozenset[str]
    default: bool


def prepare(tx: Transaction, number: int) -> RollbackPlan:
    """Plan the generations that a rollback of `number` goes back to. The plan of an earlier
    rollback that did not end is continued if all of its generations are still open; otherwise they
    are given up, and new ones planned.

    Raises:
        NoSuchGeneration, ReplayBusy
        NotReady: it is not live, or nothing was before it, or that is retired.
    """
    left = replays.get(tx, number)
    if left.status != "live":
        raise NotReady(f"generation {number} is {left.status}: nothing is under it to go back")
    return _begun(tx, number) or _planned(tx, left)


def _begun(tx: Transaction, left: int) -> RollbackPlan | None:
    """The plan of an earlier rollback, if it is whole; what is left of one that is not is given
    up."""
    open_ = [
        replay
        for replay in replays.every(tx)
        if replay.details.get("rollback_of") == left and replay.status in replays.OPEN
    ]
    if not open_:
        return None
    plan = _stored(open_[0])
    if plan.generations == tuple(replay.id for replay in open_):
        return plan
    for replay in open_:
        _give_up(tx, replay.id)
    return None


def _planned(tx: Transaction, left: Replay) -> RollbackPlan:
    # Read before the programs: one that is first seen in between is looked for when it is switched.
    planned_at = replays.cursors(tx)
    programs = pointers.under(tx, left.id)
    targets = _targets(programs, left.details.get("default_before"))
    if not targets:
        raise NotReady(f"generation {left.id} replaced none: there is nothing to go back to")
    created = [_create(tx, left.id, target, planned_at) for target in targets]
    plan = RollbackPlan(left.id, tuple(created), frozenset(programs))
    for number in created:
        replays.note(tx, number, "planned", **_details(plan))
    return plan


def _targets(programs: Mapping[str, int | None], default_before: int | None) -> list[_Target]:
    """Where programs go back to: each to what it was under, one first seen since to the default."""
    earlier: dict[int, set[str]] = {}
    if default_before is not None:
        earlier[default_before] = set()
    for program, previous in programs.items():
        target = default_before if previous is None else previous
        if target is not None:
            earlier.setdefault(target, set()).add(program)
    return [
        _Target(number, frozenset(names), number == default_before)
        for number, names in sorted(earlier.items())
    ]


def _create(tx: Transaction, left: int, target: _Target, planned_at: Cut) -> int:
    earlier = replays.get(tx, target.earlier)
    if earlier.status == "retired":
        raise NotReady(f"generation {earlier.id} is retired: plan a new one with its catalog")
    details = {"source": "ledger", "rollback_of": left, "default": target.default}
    return replays.create(tx, earlier.catalog, target.programs, details, planned_at).id


def _details(plan: RollbackPlan) -> dict[str, Any]:
    """A plan as each of its generations keeps it, beside `rollback_of`."""
    return {"together": list(plan.generations), "leaving": sorted(plan.leaving)}


def _stored(replay: Replay) -> RollbackPlan:
    """The plan that one of its generations keeps."""
    kept = replay.details
    leaving = frozenset(kept["leaving"])
    return RollbackPlan(kept["rollback_of"], tuple(kept["together"]), leaving)


def build(engine: Engine, url: str, plan: RollbackPlan) -> Iterator[BuildStep]:
    """Build and verify the generations of a plan; one that is built already is left as it is."""
    for number in plan.generations:
        with transaction(engine) as tx:
            status = replays.get(tx, number).status
        if status not in _BUILT:
            yield from building.build(engine, url, number)
            verify.verify(engine, number)


def rollback(
    engine: Engine, plan: RollbackPlan, now: Instant, by: str, reason: str
) -> SwitchResult:
    """Leave a generation for those of its plan, which are built.

    Raises:
        CutoverBusy, ReplayBusy
        NotReady: somebody else left it meanwhile, or retired what it goes back to.
    """
    for number in plan.generations:
        catch_up.in_rounds(engine, number)

    def switch(tx: Transaction) -> SwitchResult:
        _check(tx, plan)
        for number in plan.generations:
            catch_up.catch_up(tx, number)
        _add_latecomers(tx, plan)
        changes = [
            Change(replays.get(tx, n), SwitchPolicy(), left=plan.left) for n in plan.generations
        ]
        done = switch_over(tx, changes, now)
        left = {"generation": plan.left, "to": list(plan.generations)}
        details = {**left, **instant_details(tx, now), **asdict(done)}
        audit_log.note(tx, "rollback", by, reason, details)
        return done

    done = without_batches(engine, switch)
    sweep(engine)
    return done


def _check(tx: Transaction, plan: RollbackPlan) -> None:
    """Raises NotReady unless all is as it was when the way back was built."""
    left = replays.get(tx, plan.left)
    if left.status != "live":
        raise NotReady(f"generation {left.id} is {left.status}: somebody else left it meanwhile")
    for number in plan.generations:
        replay = replays.get(tx, number)
        if replay.status not in _BUILT:
            raise NotReady(
                f"generation {replay.id}, to go back to, is {replay.status}: run "
                f"`badge-replay rollback {left.id}` again"
            )


def _add_latecomers(tx: Transaction, plan: RollbackPlan) -> None:
    """Programs first seen under the generation that is left, since the rollback was planned, go
    where new programs start."""
    late: Set[str] = pointers.under(tx, plan.left).keys() - plan.leaving
    for number in plan.generations if late else ():
        replay = replays.get(tx, number)
        if replay.takes_default:
            replays.add_programs(tx, number, late)
            generation = Generations().get(tx, number)
            places = catch_up.since(tx, replay.planned_at, replays.cursors(tx))
            catch_up.refold(tx, replays.get(tx, number), generation, places)


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
