"""Worker processes that are killed, frozen, replaced or joined by others, at any moment."""

import signal

from tests.verification.faults.fleet import state_of
from tests.verification.faults.stage import FaultStage, kind
from tests.verification.faults.waiting import for_a_while, until


@kind("kill a worker")
def kill(stage: FaultStage) -> str:
    pid = stage.fleet.kill(stage.a_worker())
    assert until(lambda: state_of(pid) in ("", "Z"), 5), f"process {pid} lives"
    return f"process {pid} and its relay killed"


@kind("kill all workers")
def kill_all(stage: FaultStage) -> str:
    pids = [stage.fleet.kill(slot) for slot in stage.fleet.slots if slot.running]
    assert until(lambda: all(state_of(pid) in ("", "Z") for pid in pids), 5)
    return f"processes {pids} and their relays killed"


@kind("freeze a worker")
def freeze(stage: FaultStage) -> str:
    slot = stage.a_worker()
    with stage.fleet.frozen(slot) as pid:
        for_a_while(stage.beyond_session)
        assert state_of(pid) == "T", "it did not stay frozen"
    return f"process {pid} and its relay frozen for {stage.beyond_session:.1f} s"


@kind("rolling restart")
def rolling_restart(stage: FaultStage) -> str:
    codes = [stage.fleet.replace(slot) for slot in list(stage.fleet.slots)]
    # One that was only just started again may not have got as far as to listen to signals.
    assert set(codes) <= {0, -signal.SIGTERM}, f"exit codes {codes}"
    return f"{len(codes)} workers terminated, exit codes {codes}"


@kind("a worker comes and goes")
def come_and_go(stage: FaultStage) -> str:
    with stage.fleet.one_more() as slot:
        assert until(lambda: '"event": "reading"' in slot.worker.logged(), 60), "it never joined"
    return f"{slot.name} joined and left, exit code {slot.worker.process.returncode}"
