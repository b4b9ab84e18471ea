"""Whose processor time `make bench` counts as whose."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import processor_time
from benchmarks.processor_time import PartTimes, RunningProcess

BENCH, WORKER, OTHER_WORKER, RELAY = 100, 200, 201, 300
PROCESSES = [
    RunningProcess(1, "init", 0, 1_000_000),
    RunningProcess(BENCH, "python", 1, 5_000),
    RunningProcess(110, "python", BENCH, 3),  # guards the broker
    RunningProcess(111, "java", 110, 40),
    RunningProcess(120, "python", BENCH, 3),  # guards PostgreSQL
    RunningProcess(121, "postgres", 120, 7),
    RunningProcess(122, "postgres", 121, 100),
    RunningProcess(WORKER, "python", BENCH, 600),
    RunningProcess(OTHER_WORKER, "python", BENCH, 500),
    RunningProcess(RELAY, "python", WORKER, 30),
    RunningProcess(301, "python", OTHER_WORKER, 2),
    RunningProcess(310, "sh", RELAY, 1),
    RunningProcess(900, "postgres", 1, 9_000),  # of somebody else
]


def test_each_part_has_its_processes_and_theirs() -> None:
    """Given two workers with a relay each, a broker, PostgreSQL with a backend, and what else runs
    on the machine, then each part has its own, and what guards them and the benchmark is
    nobody's."""
    counted = processor_time.in_ticks(PROCESSES, BENCH, {WORKER, OTHER_WORKER})

    assert counted == PartTimes(worker=1_100, postgresql=107, relay=33, broker=40)


def test_the_order_of_processes_does_not_matter() -> None:
    forward = processor_time.in_ticks(PROCESSES, BENCH, {WORKER}, 0.01)
    backward = processor_time.in_ticks(reversed(PROCESSES), BENCH, {WORKER}, 0.01)
    assert forward == backward


def test_a_stat_line_is_read_also_if_the_name_has_parentheses_and_spaces() -> None:
    """Given a line of /proc/PID/stat, then its own time and that of ended children, in the kernel
    and outside, are added."""
    line = "12 (a b) (c)) S 7 12 12 0 -1 4194560 1 2 3 4 10 20 300 4000 20 0 1 0 99 0 0"
    assert RunningProcess.of(line) == RunningProcess(12, "a b) (c)", 7, 4_330)


def test_what_an_event_costs_outside_the_worker_limits_the_rate() -> None:
    """Given 1,000 events between two looks, then the costs are microseconds an event, and two
    processors have time for no more than what leaves the worker out."""
    before = PartTimes(1.0, 1.0, 1.0, 1.0)
    after = PartTimes(1.060, 1.025, 1.010, 1.005)

    costs = after.per_event(before, 1_000)

    assert costs.worker == pytest.approx(60)
    assert costs.outside == pytest.approx(40)
    assert costs.limit(2) == pytest.approx(50_000)
    assert PartTimes().limit(2) == float("inf")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
def test_the_time_of_a_real_process_is_seen() -> None:
    """Given a process that works for a fifth of a second as a worker, then its time is there."""
    work = "import time\nwhile time.process_time() < 0.2: pass\nprint(flush=True)\ninput()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", work], stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seen = processor_time.so_far({process.pid})
        process.communicate(b"\n")
    assert 0.15 < seen.worker < 1.0
