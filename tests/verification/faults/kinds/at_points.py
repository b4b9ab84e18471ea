"""Processes that die or freeze at a named point of a batch's way."""

import os
import signal

from tests.verification.faults import points
from tests.verification.faults.fleet import state_of
from tests.verification.faults.points import IN_COPY, POINTS
from tests.verification.faults.stage import KINDS, FaultKind, FaultStage, Missed
from tests.verification.faults.waiting import until

_REACHED_SECONDS = 15.0
_FROZEN_AT = ("after-ledger", IN_COPY)


def _caught(stage: FaultStage, name: str, action: str) -> int:
    """Arm a point and wait for a process to get there."""
    points.arm(stage.points, name, action)
    there: list[int] = []

    def one_came() -> bool:
        pid = points.reached(stage.points, name)
        there.extend([] if pid is None else [pid])
        return bool(there)

    if not until(one_came, _REACHED_SECONDS) and points.disarm(stage.points, name):
        raise Missed(f"nobody came by {name}")
    if not there and not until(one_came, 5):
        raise Missed(f"a process came by {name} and did not leave its number")
    return there[0]


def _kill_at(name: str) -> FaultKind:
    def inject(stage: FaultStage) -> str:
        pid = _caught(stage, name, "kill")
        if not until(lambda: state_of(pid) in ("", "Z"), 5):
            raise Missed(f"process {pid} claimed {name}, and lives")
        return f"process {pid} killed itself {name}"

    return FaultKind(f"kill {name}", inject)


def _freeze_at(name: str) -> FaultKind:
    """A zombie: it wakes up in the middle of what meanwhile is another's."""

    def inject(stage: FaultStage) -> str:
        pid = _caught(stage, name, "stop")
        try:
            if not until(lambda: state_of(pid) == "T", 5):
                raise Missed(f"process {pid} did not stop {name}")
            until(lambda: state_of(pid) != "T", stage.beyond_session)
            if state_of(pid) != "T":
                raise Missed(f"process {pid} did not stay frozen {name}")
        finally:
            os.kill(pid, signal.SIGCONT)
        return f"process {pid} frozen {name} for {stage.beyond_session:.1f} s"

    return FaultKind(f"freeze {name}", inject)


for _kind in (
    *(_kill_at(name) for name in (*POINTS, IN_COPY)),
    *(_freeze_at(name) for name in _FROZEN_AT),
):
    KINDS[_kind.name] = _kind
