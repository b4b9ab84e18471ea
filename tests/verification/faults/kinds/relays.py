"""The relay that publishes is frozen, as on a machine that lost its power: another takes over."""

import json
import os
import signal
from contextlib import suppress
from pathlib import Path

from tests.integration.local.processes import descendants
from tests.verification.faults.fleet import Slot, state_of
from tests.verification.faults.stage import FaultStage, Missed, kind
from tests.verification.faults.waiting import until

_TAKEN_OVER_SECONDS = 60.0


@kind("relay frozen")
def relay_frozen(stage: FaultStage) -> str:
    """Only the relay: its worker goes on, so that there is more and more to publish."""
    slot, since = _publishing(stage)
    pid = _relay_of(slot)
    os.kill(pid, signal.SIGSTOP)
    try:
        if not until(lambda: state_of(pid) == "T", 5):
            raise Missed(f"process {pid} did not stop")
        taken_over = until(lambda: _publishing(stage)[1] > since, _TAKEN_OVER_SECONDS)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
    assert taken_over, f"nobody took over from process {pid}, the relay of {slot.name}"
    return (
        f"process {pid}, the relay of {slot.name}, frozen; {_publishing(stage)[0].name} took over"
    )


def _publishing(stage: FaultStage) -> tuple[Slot, str]:
    """Whose relay was the last to begin to publish awards, and when it said so."""
    begun = [(when, slot) for slot in stage.fleet.slots if (when := _began(slot.worker.log))]
    if not begun:
        raise Missed("no relay publishes")
    when, slot = max(begun, key=lambda pair: pair[0])
    return slot, when


def _began(log: Path) -> str:
    """When the relay in this log last began to publish awards; "" if it did not."""
    last = ""
    for line in log.read_text(errors="replace").splitlines():
        if '"event": "publishing"' in line and '"topic": "awards"' in line:
            last = str(json.loads(line)["timestamp"])
    return last


def _relay_of(slot: Slot) -> int:
    for pid in descendants(slot.pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"\0relay\0" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
    raise Missed(f"{slot.name} has no relay now")
