"""Setting a stage: brokers, a database, proxies, workers, and a publisher."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from engine.local.embedded_postgres import embedded_postgres
from tests.end_to_end.deployment import Deployment, WorkerProcess
from tests.verification.checker import cursor_log
from tests.verification.faults import history
from tests.verification.faults.fleet import ONE_MORE, Fleet, names
from tests.verification.faults.parts.clock import step
from tests.verification.faults.parts.kafka_cluster import one_broker, three_brokers
from tests.verification.faults.parts.postgres_proxy import PostgresProxy
from tests.verification.faults.parts.publisher import HistoryPublisher, SentRecord
from tests.verification.faults.process import CLOCK, FOLDER
from tests.verification.faults.stage import FaultStage

PARTITIONS = 6
SESSION_SECONDS = 6.0
NOW = datetime(2026, 9, 1, tzinfo=UTC)
"""What the workers' clocks show at the start: after everything published but what is `future`."""


@dataclass(frozen=True)
class FleetSize:
    """How large a run is. `rate`: events published a second."""

    seed: int = 1
    brokers: int = 1
    workers: int = 3
    rate: float = 300.0


@contextmanager
def set_stage(size: FleetSize, folder: Path) -> Iterator[tuple[FaultStage, HistoryPublisher]]:
    """A stage on which events are being published, for the length of the block."""
    settings = {
        "PARTITIONS": str(PARTITIONS),
        "REPLICATION": str(size.brokers),
        "SESSION_SECONDS": f"{SESSION_SECONDS:g}",
        "BATCH_RECORDS": "200",
    }
    points, clock = folder / "points", folder / "clock"
    points.mkdir()
    offset = (NOW - datetime.now(UTC)).total_seconds()
    step(clock, offset)
    with ExitStack() as stack:
        postgres = stack.enter_context(embedded_postgres())
        cluster = three_brokers if size.brokers == 3 else one_broker
        brokers = stack.enter_context(cluster(proxied=True))
        direct = Deployment(brokers.direct, postgres.url, folder, settings)
        direct.run("migrate")
        cursor_log.install(postgres.url)
        everybody = [*names(size.workers), ONE_MORE]
        wires = {name: stack.enter_context(PostgresProxy(postgres.url)) for name in everybody}
        behind = replace(
            direct,
            bootstrap=brokers.bootstrap,
            worker_module="tests.verification.faults.process",
            surroundings={FOLDER: str(points), CLOCK: str(clock)},
        )

        def launch(name: str) -> WorkerProcess:
            return replace(behind, database=wires[name].url).start(INSTANCE=name)

        fleet = Fleet(launch, size.workers)
        stack.callback(fleet.kill_all)
        records = (SentRecord(key, value) for key, value in history.records(size.seed))
        publisher = HistoryPublisher(brokers.direct, direct.activity, records, size.rate)
        stack.enter_context(publisher)
        yield (
            FaultStage(
                Random(size.seed),
                direct,
                fleet,
                brokers,
                postgres,
                wires,
                points,
                clock,
                offset,
                SESSION_SECONDS,
                PARTITIONS,
            ),
            publisher,
        )
