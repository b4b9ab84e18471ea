"""`make bench`: the worker on a backlog, beside its limits, measured in the same run.

Raw consume: how fast records leave Kafka when nothing is done with them. Bare ledger insert: how
fast the same facts go into the same table, deduplicated beforehand, one durable COPY per batch.
Worker: `badge-engine run`, from its first cursor to the last award acknowledged by Kafka.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from confluent_kafka import Consumer, Producer, TopicPartition
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from benchmarks.history import history
from benchmarks.load import Load
from benchmarks.memory import of_process
from engine import bootstrap, settings
from engine.intake.identity import Key
from engine.intake.read import Told, read
from engine.local import broker, database
from engine.settings import Settings
from engine.store.database import connect, transaction
from engine.store.facts import ledger

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one run; rates are events a second."""

    events: int
    workers: int
    awards_published: int
    raw_consume: float
    bare_insert: float
    worker: float
    worker_peak_mb: float

    @property
    def share_of_insert(self) -> float:
        return self.worker / self.bare_insert


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    runs = [measure(given.events, given.workers) for _ in range(given.repeat)]
    _show(runs)
    if given.json is not None:
        given.json.write_text(json.dumps([asdict(run) for run in runs], indent=2) + "\n")


def measure(events: int, workers: int) -> Measured:
    """One run on parts of its own."""
    with broker(None) as kafka, database(None) as postgres:
        loaded = settings.load().model_copy(
            update={"kafka_bootstrap": kafka.bootstrap, "database_url": SecretStr(postgres.url)}
        )
        bootstrap.migrate(loaded)
        records = list(history(Load(events=events)))
        _produce(loaded, records)
        raw = events / _consume(loaded, events)
        insert = _insert(loaded, records)
        del records
        with bootstrap.database(loaded) as engine:
            seconds, peak = _work(loaded, engine, events, workers)
            with transaction(engine) as tx:
                row = tx.one("SELECT count(*) FROM awards")
        awards = int(row[0]) if row else 0
        return Measured(events, workers, awards, raw, insert, events / seconds, peak)


def _produce(loaded: Settings, records: list[tuple[bytes, bytes]]) -> None:
    producer = Producer({"bootstrap.servers": loaded.bootstrap, "linger.ms": 20})
    for key, value in records:
        while True:
            try:
                producer.produce(loaded.activity_topic, value, key)
                break
            except BufferError:
                producer.poll(0.1)
    producer.flush()


def _consume(loaded: Settings, events: int) -> float:
    consumer = Consumer({"bootstrap.servers": loaded.bootstrap, "group.id": "raw"})
    consumer.assign([TopicPartition(loaded.activity_topic, p, 0) for p in range(loaded.partitions)])
    seen, began = 0, None
    while seen < events:
        seen += len(consumer.consume(10_000, 0.2))
        began = began or time.perf_counter()
    took = time.perf_counter() - (began or 0.0)
    consumer.close()
    return took


def _insert(loaded: Settings, records: list[tuple[bytes, bytes]]) -> float:
    facts: dict[Key, str] = {}
    for _, value in records:
        reading = read(value)
        if isinstance(reading, Told):
            facts[reading.key] = reading.content
    rows = [(key, 0, 0, content) for key, content in facts.items()]
    engine = connect(loaded.database, "badge-engine-bench")
    began = time.perf_counter()
    for start in range(0, len(rows), _BATCH):
        with transaction(engine) as tx:
            ledger.append(tx, rows[start : start + _BATCH])
    took = time.perf_counter() - began
    with transaction(engine) as tx:
        tx.execute("TRUNCATE ledger")
    engine.dispose()
    return len(rows) / took


def _work(loaded: Settings, engine: Engine, events: int, workers: int) -> tuple[float, float]:
    """Seconds for all events, from the first look that sees progress until everything is read
    and acknowledged, and the peak memory in MB. Looks at the database only: asking Kafka costs."""
    with running(loaded, workers) as processes:
        began, early, peak = 0.0, 0, 0.0
        while True:
            with transaction(engine) as tx:
                row = tx.one(
                    "SELECT coalesce(sum(next_offset - first_offset), 0)::bigint, "
                    "(SELECT count(*) FROM outbox) FROM cursors"
                )
            passed, waiting = row or (0, 0)
            if not began and passed:
                began, early = time.perf_counter(), passed
            peak = max(peak, *(of_process(process.pid) for process in processes))
            if passed == events and not waiting:
                break
            if any(process.poll() is not None for process in processes):
                sys.exit("a worker ended before it was done")
            time.sleep(0.02)
        took = time.perf_counter() - began
    return took * events / (events - early), peak


@contextmanager
def running(loaded: Settings, workers: int) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Workers, with a relay each, until the block is left."""
    environment = os.environ | {
        "KAFKA_BOOTSTRAP": loaded.bootstrap,
        "DATABASE_URL": loaded.database,
        "BADGE_ENGINE_LOG_LEVEL": "warning",
    }
    command = [sys.executable, "-m", "engine.cli.main", "run"]
    processes = [subprocess.Popen(command, env=environment) for _ in range(workers)]
    try:
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(60)


def _show(runs: list[Measured]) -> None:
    table = Table(title=f"{runs[0].events:,} events, {runs[0].workers} worker(s), one machine")
    for name in ("raw consume/s", "bare insert/s", "worker/s", "worker : insert", "peak MB"):
        table.add_column(name, justify="right")
    table.add_column("awards", justify="right")
    for run in sorted(runs, key=lambda run: run.worker):
        table.add_row(
            f"{run.raw_consume:,.0f}",
            f"{run.bare_insert:,.0f}",
            f"{run.worker:,.0f}",
            f"{run.share_of_insert:.2f}",
            f"{run.worker_peak_mb:.0f}",
            f"{run.awards_published:,}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
