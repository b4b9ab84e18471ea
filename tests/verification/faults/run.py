"""The engine under faults, then the checker.

Run `python -m tests.verification.faults.run --minutes 30 --seed 1`.

Real Kafka, real PostgreSQL, workers as processes, all started here. The same seed gives the same
events and the same faults in the same order; what they interrupt is up to the machine. Ends with 0
if every invariant held and every fault was recovered from, else with 1.
"""

import argparse
import json
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import tests.verification.faults.kinds  # noqa: F401  # registers them
from tests.verification.checker.check import examine
from tests.verification.checker.collect import collect
from tests.verification.checker.fault_log import FaultLog
from tests.verification.faults import report
from tests.verification.faults.fault_run import (
    RECOVERY_SECONDS,
    FaultRun,
    chosen,
    drain,
    inject_faults,
)
from tests.verification.faults.fleet import Fleet
from tests.verification.faults.report import RunReport
from tests.verification.faults.setting import NOW, FleetSize, set_stage
from tests.verification.faults.stage import KINDS


def run(size: FleetSize, minutes: float, names: list[str], folder: Path) -> RunReport:
    """One run, in `folder`. Events are published all the while."""
    with set_stage(size, folder) as (stage, publisher):
        kinds = chosen(stage, names)
        faulted = inject_faults(stage, kinds, minutes * 60)
        publisher.stop()
        drain(stage, faulted)
        codes = stage.fleet.stop()
        print(f"drained; the workers ended with {codes}; checking", flush=True)
        began = time.monotonic()
        seen = collect(stage.deployment, NOW)
        verdict = examine(
            seen,
            faults=_log(faulted),
            logs=[Path(log) for log in stage.fleet.logs()],
        )
        print(f"checked in {time.monotonic() - began:.0f} s", flush=True)
        _print_ends(stage.fleet)
        return RunReport(size, faulted, stage.fleet.ended, stage.fleet.starts, seen, verdict)


def _log(faulted: FaultRun) -> FaultLog:
    happened = frozenset(fault.kind for fault in faulted.faults)
    return FaultLog(faulted.faults, faulted.drained_after, RECOVERY_SECONDS, happened)


def _print_ends(fleet: Fleet) -> None:
    """Workers that ended by themselves: allowed, they were started again, and worth a look."""
    for ended in fleet.ended:
        if ended.last_words:
            last = ended.last_words.strip().splitlines()[-1]
            print(f"{ended.name} ended with {ended.code}: {last[:300]}", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.verification.faults.run", description=__doc__
    )
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, help="by default a random one, which is printed")
    parser.add_argument("--brokers", type=int, choices=(1, 3), default=1)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--rate", type=float, default=300, help="events a second")
    parser.add_argument("--kind", action="append", default=[], choices=sorted(KINDS))
    parser.add_argument("--report", type=Path, help="figures as JSON")
    parser.add_argument("--keep", type=Path, help="a folder to move the logs to")
    given = parser.parse_args()
    seed = secrets.randbelow(2**31) if given.seed is None else given.seed
    size = FleetSize(seed, given.brokers, given.workers, given.rate)
    print(f"{size}, {given.minutes:g} minutes", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            done = run(size, given.minutes, given.kind, folder)
        finally:
            if given.keep is not None:
                shutil.copytree(folder, given.keep, dirs_exist_ok=True)
    print(report.text(done))
    if given.report is not None:
        given.report.write_text(json.dumps(_as_json(done), indent=2) + "\n")
    sys.exit(1 if done.verdict.violations or done.faulted.troubles else 0)


def _as_json(done: RunReport) -> dict[str, Any]:
    names = ("kind", "times", "median_seconds", "worst_seconds", "never_recovered")
    table = [dict(zip(names, row, strict=True)) for row in report.kinds(done.faulted.faults)]
    return {**report.figures(done), "kinds": table}


if __name__ == "__main__":
    main()
