"""The engine's own processes on a backlog: from the first cursor to the last award acknowledged."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from benchmarks import note_key
from benchmarks.memory import of_process
from engine.settings import Settings
from engine.store.postgres.connection import transaction


def work(loaded: Settings, engine: Engine, events: int, workers: int) -> tuple[float, float]:
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
