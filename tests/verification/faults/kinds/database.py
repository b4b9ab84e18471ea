"""PostgreSQL that crashes, ends sessions, is locked, full or read-only, or does not answer a
COMMIT."""

from typing import Literal

from psycopg.errors import DeadlockDetected

from tests.verification.faults.parts import postgres
from tests.verification.faults.parts.postgres_proxy import WORKER
from tests.verification.faults.parts.traps import Trap
from tests.verification.faults.stage import FaultStage, Missed, kind
from tests.verification.faults.waiting import for_a_while, until

_TRAP_SECONDS = 15.0


@kind("database crash")
def crash(stage: FaultStage) -> str:
    return f"away for {postgres.restart(stage.postgres):.1f} s, started again"


@kind("sessions ended")
def terminated(stage: FaultStage) -> str:
    ended = postgres.terminate(stage.deployment.database, WORKER)
    if not ended:
        raise Missed("no session was open")
    return f"{ended} sessions ended"


@kind("table locked")
def locked(stage: FaultStage) -> str:
    try:
        with postgres.locked(stage.deployment.database, "people") as lock:
            until(lambda: lock.waiting() > 0, _TRAP_SECONDS)
            waiting = lock.waiting()
            for_a_while(stage.session_seconds * 0.8)
    except DeadlockDetected:  # table by table: a worker had one, and wanted another
        raise Missed("a worker had a part of the table locked already") from None
    if not waiting:
        raise Missed("nobody wanted the table")
    return f"{waiting} sessions waited"


@kind("disk full")
def disk_full(stage: FaultStage) -> str:
    with postgres.disk_full(stage.deployment.database, "ledger", 5) as disk:
        until(lambda: disk.raised() >= 5, _TRAP_SECONDS)
        raised = disk.raised()
    if not raised:
        raise Missed("nobody wrote")
    return f"{raised} statements failed"


@kind("database read-only")
def read_only(stage: FaultStage) -> str:
    """As after a failover that leaves the address at a standby for a while."""
    with postgres.read_only(stage.postgres.url) as refusals:
        met = until(lambda: refusals() > 0, _TRAP_SECONDS)
        for_a_while(stage.session_seconds * 0.8)
        refused = refusals()
    if not met:
        raise Missed("nobody wrote")
    return f"{refused} statements refused"


@kind("cut before COMMIT")
def cut_before(stage: FaultStage) -> str:
    return _cut_at_commit(stage, "before")


@kind("cut after COMMIT")
def cut_after(stage: FaultStage) -> str:
    return _cut_at_commit(stage, "after")


@kind("cut in COPY")
def cut_in_copy(stage: FaultStage) -> str:
    wire = stage.wires[stage.a_worker().name]
    return _sprung(wire.cut_in_copy("reset", WORKER, b'"ledger"'))


def _cut_at_commit(stage: FaultStage, when: Literal["before", "after"]) -> str:
    wire = stage.wires[stage.a_worker().name]
    # Every batch that writes does this; the watchdog and the seeks do not.
    return _sprung(wire.cut_at_commit(when, WORKER, b"UPDATE cursors SET next_offset"))


def _sprung(trap: Trap) -> str:
    if not trap.wait(_TRAP_SECONDS) and trap.disarm():
        raise Missed("nobody came by")
    if trap.outcome == "not committed":
        raise Missed("the server did not commit")
    return f"a connection of {trap.application}: {trap.outcome}"
