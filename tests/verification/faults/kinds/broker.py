"""Brokers that are killed, or stopped in good order, and come back."""

from tests.verification.faults.stage import FaultStage, kind
from tests.verification.faults.waiting import for_a_while


@kind("broker killed")
def killed(stage: FaultStage) -> str:
    node = stage.a_node()
    stage.brokers.kill(node)
    return _gone_and_back(stage, node, "killed")


@kind("broker restarted")
def restarted(stage: FaultStage) -> str:
    node = stage.a_node()
    stage.brokers.stop(node)
    return _gone_and_back(stage, node, "stopped")


@kind("controller killed", brokers_at_least=3)
def controller(stage: FaultStage) -> str:
    before = stage.brokers.controller()
    stage.brokers.kill(before)
    proof = _gone_and_back(stage, before, "the active controller, killed")
    return f"{proof}; the active one is now {stage.brokers.controller()}"


def _gone_and_back(stage: FaultStage, node: int, how: str) -> str:
    assert not stage.brokers.running(node)
    try:
        for_a_while(stage.random.uniform(0.5, 3))
    finally:
        stage.brokers.start(node)
    seconds = stage.brokers.wait_in_sync()
    return f"node {node} {how}; in sync {seconds:.1f} s after its start"
