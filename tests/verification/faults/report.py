"""What a run came to: figures for people, and the same for machines."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.verification.checker.fault_log import FaultRecord
from tests.verification.checker.seen import Observations
from tests.verification.checker.verdict import Verdict
from tests.verification.faults.fault_run import FaultRun
from tests.verification.faults.fleet import Ended
from tests.verification.faults.setting import FleetSize

_SHOWN = 10  # violations of one invariant: the first ones suffice


@dataclass(frozen=True)
class RunReport:
    """Everything about one run."""

    size: FleetSize
    faulted: FaultRun
    ended: Sequence[Ended]
    starts: int
    seen: Observations
    verdict: Verdict


def kinds(faults: Sequence[FaultRecord]) -> list[tuple[str, int, float, float, int]]:
    """Per kind: its name, how many, median and worst seconds to recover, how many never did."""
    rows = []
    for name in sorted({fault.kind for fault in faults}):
        times = [fault.recovered_after for fault in faults if fault.kind == name]
        known = [time for time in times if time is not None]
        worst, middle = (max(known), median(known)) if known else (0.0, 0.0)
        rows.append((name, len(times), middle, worst, len(times) - len(known)))
    return rows


def figures(run: RunReport) -> dict[str, Any]:
    """The run in numbers, as JSON values."""
    messages = len(run.seen.awards.records)
    distinct = len({json.loads(record.value or b"{}")["id"] for record in run.seen.awards.records})
    codes = Counter(ended.code for ended in run.ended)
    faulted = run.faulted
    return {
        "seed": str(run.size.seed),  # to be typed again
        "brokers": run.size.brokers,
        "workers": run.size.workers,
        "seconds of faults": round(faulted.seconds),
        "faults": len(faulted.faults),
        "faults that missed": len(faulted.missed),
        "processes killed": codes[-9],
        "workers that ended with exit code 1": codes[1],
        "worker starts": run.starts,
        "events": len(run.seen.activity.records),
        "awards standing": len(run.seen.exports.announced),
        "messages on mentoring.awards": messages,
        "of them repeats": messages - distinct,
        "seconds to drain after the last fault": faulted.drained_after,
        "violations": len(run.verdict.violations),
    }


def text(run: RunReport) -> str:
    """For people: figures, kinds, violations, findings."""
    lines = [f"{name:>40}  {_number(value)}" for name, value in figures(run).items()]
    lines += ["", f"{'fault':<26} {'times':>5} {'median':>8} {'worst':>8}   to recover"]
    for name, times, middle, worst, never in kinds(run.faulted.faults):
        suffix = f"   {never} NEVER" if never else ""
        lines.append(f"{name:<26} {times:>5} {middle:>6.1f} s {worst:>6.1f} s{suffix}")
    for name, times in sorted(Counter(name for name, _ in run.faulted.missed).items()):
        lines.append(f"{name:<26} {times:>5} times nobody was there to meet it")
    lines += [f"THE HARNESS FAILED at {trouble}" for trouble in run.faulted.troubles]
    for finding in run.verdict.findings:
        lines += ["", *map(str, finding.violations[:_SHOWN])] if finding.violations else []
    lines += ["", run.verdict.report()]  # last: the end of an output is what is seen of it
    return "\n".join(lines)


def _number(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
