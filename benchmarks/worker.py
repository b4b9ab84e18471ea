"""The engine's own processes on a backlog: from the first cursor to the last award acknowledged."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from benchmarks import note_key, processor_time
from benchmarks.memory import of_process
from benchmarks.processor_time import PartTimes
from engine.settings import Settings
from engine.store.postgres.connection import transaction


@dataclass(frozen=True, slots=True)
class WorkDone:
    """Events a second, the most memory of a worker in MB, and processor microseconds an event."""

    rate: float
    peak_mb: float
    costs: PartTimes


def work(loaded: Settings, engine: Engine, events: int, workers: int) -> WorkDone:
    """Measure all events, from the first look that sees progress until everything is read and
    acknowledged. Looks at the database only: asking Kafka costs."""
    with running(loaded, workers) as processes:
        pids = {process.pid for process in processes}
        began, early, peak, before = 0.0, 0, 0.0, PartTimes()
        while True:
            with transaction(engine) as tx:
                row = tx.one(
                    "SELECT coalesce(sum(next_offset - first_offset), 0)::bigint, "
                    "(SELECT count(*) FROM outbox) FROM cursors"
                )
            passed, waiting = row or (0, 0)
            if not began and passed:
                began, early = time.perf_counter(), passed
                before = processor_time.so_far(pids)
            peak = max(peak, *map(of_process, pids))
            if passed == events and not waiting:
                break
            if any(process.poll() is not None for process in processes):
                sys.exit("a worker ended before it was done")
            time.sleep(0.02)
        took = time.perf_counter() - began
        costs = processor_time.so_far(pids).per_event(before, events - early)
    return WorkDone((events - early) / took, peak, costs)


@contextmanager
def running(loaded: Settings, workers: int) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Workers, with a relay each, until the block is left."""
    environment = {**os.environ, **note_key.as_setting()} | {
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
