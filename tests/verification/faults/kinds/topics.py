"""Topics that change under the engine."""

from typing import Any

from confluent_kafka import admin as kafka
from confluent_kafka.admin import AdminClient

from tests.integration.stream.administration import add_partitions
from tests.verification.faults.stage import FaultStage, Missed, kind
from tests.verification.faults.waiting import until

_REFUSED_SECONDS = 20.0

# The package re-exports these without saying so to type checkers.
_kafka: Any = kafka


@kind("partitions doubled", only_once=True)
def doubled(stage: FaultStage) -> str:
    wanted = stage.started_partitions * 2
    add_partitions(stage.brokers.direct, stage.deployment.activity, wanted)
    return f"from {stage.started_partitions} to {wanted}"


@kind("dead-letter topic refuses")
def dead_letters_refused(stage: FaultStage) -> str:
    """Every record is too large for it, for a while: signals wait, awards must not."""
    topic = f"{stage.deployment.name}.dead-letters"
    before = sum(_complaints(slot.worker.logged(), topic) for slot in stage.fleet.slots)
    _limit(stage, topic, "100")
    try:

        def complained() -> bool:
            return sum(_complaints(s.worker.logged(), topic) for s in stage.fleet.slots) > before

        if not until(complained, _REFUSED_SECONDS):
            raise Missed("no signal was due, or nobody complained")
    finally:
        _limit(stage, topic, None)
    return "a relay logged that it cannot publish signals"


def _complaints(log: str, topic: str) -> int:
    return sum(topic in line and "cannot publish" in line for line in log.splitlines())


def _limit(stage: FaultStage, topic: str, size: str | None) -> None:
    operation = _kafka.AlterConfigOpType.SET if size else _kafka.AlterConfigOpType.DELETE
    entry = _kafka.ConfigEntry("max.message.bytes", size or "", incremental_operation=operation)
    resource = _kafka.ConfigResource(_kafka.ResourceType.TOPIC, topic, incremental_configs=[entry])
    admin = _admin(stage)  # kept: what it was asked for ends with it
    for done in admin.incremental_alter_configs([resource]).values():
        done.result(30)


def _admin(stage: FaultStage) -> AdminClient:
    return AdminClient({"bootstrap.servers": stage.brokers.direct})
