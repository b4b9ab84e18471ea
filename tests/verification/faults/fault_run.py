"""Faults one after the other, sometimes two at once, until the time is up."""

import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.verification.checker.fault_log import FaultRecord
from tests.verification.faults.diagnosis import diagnosis
from tests.verification.faults.progress import Mark, RunProgress
from tests.verification.faults.stage import KINDS, FaultKind, FaultStage, Missed
from tests.verification.faults.waiting import for_a_while, until

RECOVERY_SECONDS = 120.0
"""Longer than this after a fault is mended, and it counts as never recovered from."""

_ON_TOP = 0.2  # the share of faults that follow before the one before is recovered from
_LONGEST_PAUSE = 1.5


@dataclass
class FaultRun:
    """What happened on a stage."""

    faults: list[FaultRecord] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)  # of the harness itself
    seconds: float = 0.0
    drained_after: float | None = None


def chosen(stage: FaultStage, names: list[str]) -> list[FaultKind]:
    """The kinds to inject: those named, or all that the stage allows."""
    brokers = len(stage.brokers.nodes)
    kinds = [KINDS[name] for name in names] or list(KINDS.values())
    return [kind for kind in kinds if kind.brokers_at_least <= brokers]


def inject_faults(stage: FaultStage, kinds: list[FaultKind], seconds: float) -> FaultRun:
    """Break things for `seconds`. Every kind gets its turn before any gets a second one."""
    done, began = FaultRun(), time.monotonic()
    progress = RunProgress(stage.deployment)
    pending: list[_Pending] = []
    for kind in _in_turn(kinds, stage.random):
        at = time.monotonic() - began
        if at > seconds:
            break
        stage.fleet.check()
        try:
            proof = kind.inject(stage)
        except Missed as missed:
            done.missed.append((kind.name, str(missed)))
            continue
        except Exception as error:  # what has been shown so far is to be checked all the same
            traceback.print_exc()
            done.troubles.append(f"{kind.name}: {type(error).__name__}: {error}")
            continue
        pending.append(_Pending(kind.name, at, proof, time.monotonic(), progress.mark()))
        if stage.random.random() >= _ON_TOP:
            done.faults += _settled(stage, progress, pending)
            pending.clear()
            for_a_while(stage.random.uniform(0, _LONGEST_PAUSE))
    done.faults += _settled(stage, progress, pending)
    done.seconds = time.monotonic() - began
    return done


@dataclass(frozen=True)
class _Pending:
    """A fault that was mended at `mended`, when `mark` was what had been published."""

    kind: str
    at: float
    proof: str
    mended: float
    mark: Mark


def _settled(
    stage: FaultStage, progress: RunProgress, pending: list[_Pending]
) -> list[FaultRecord]:
    """Wait until the engine has gone on after each of these."""
    detail = f"{len(pending)} on top of each other" if len(pending) > 1 else ""
    settled = []
    for fault in pending:
        recovered = _recovered(stage, progress, fault.mark)
        after = time.monotonic() - fault.mended if recovered else None
        settled.append(FaultRecord(fault.kind, fault.at, detail, fault.proof, after))
        print(_line(settled[-1]), flush=True)
    return settled


def drain(stage: FaultStage, done: FaultRun) -> None:
    """Wait until everything is processed and its results are published."""
    progress, began = RunProgress(stage.deployment), time.monotonic()
    if _recovered(stage, progress, progress.mark()):
        done.drained_after = time.monotonic() - began


def _recovered(stage: FaultStage, progress: RunProgress, mark: Mark) -> bool:
    reached = until(lambda: progress.reached(mark), RECOVERY_SECONDS)
    if not reached:
        print(f"not recovered in {RECOVERY_SECONDS:.0f} s:\n{diagnosis(stage)}", flush=True)
    return reached


def _in_turn(kinds: list[FaultKind], random: Random) -> Iterator[FaultKind]:
    left = list(kinds)
    while left:
        turn = list(left)
        random.shuffle(turn)
        yield from turn
        left = [kind for kind in left if not kind.only_once]


def _line(fault: FaultRecord) -> str:
    after = "never" if fault.recovered_after is None else f"{fault.recovered_after:5.1f} s"
    return f"{fault.at:7.1f} s  {fault.kind:<26} recovered {after}  {fault.proof}"
