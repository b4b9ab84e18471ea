"""I9 and I10: the faults happened, and afterwards everything was read and published."""

from tests.verification.checker.fault_log import FaultLog
from tests.verification.checker.known import Known
from tests.verification.checker.verdict import Finding


def faults(log: FaultLog) -> Finding:
    """Judge I9."""
    finding = Finding("I9", "each fault really happened", needed=("faults",))
    for number, fault in enumerate(log.faults, start=1):
        name = f"fault {number}, {fault.kind} at {fault.at:.1f} s ({fault.detail})"
        finding.compared["faults"] += 1
        finding.require(bool(fault.proof), f"{name}: nothing shows that it happened")
        finding.require(fault.recovered_after is not None, f"{name}: nobody recovered from it")
    happened = {fault.kind for fault in log.faults if fault.proof}
    finding.compared["kinds"] = len(happened)
    for kind in sorted(log.kinds - happened):
        finding.violate(f"no fault of kind {kind} happened")
    return finding


def drained(known: Known, log: FaultLog | None) -> Finding:
    """Judge I10: by what is seen, and with a log by the time it took."""
    finding = Finding("I10", "all read, all published", needed=("partitions",))
    database = known.seen.database
    rows = {row.partition: row for row in database.cursors}
    for partition, span in known.seen.activity.spans.items():
        finding.compared["partitions"] += 1
        row = rows.get(partition)
        at = row.next_offset if row is not None else span.begin
        finding.require(
            at == span.end, f"partition {partition} is read up to {at}, and ends at {span.end}"
        )
    for row in database.cursors:
        finding.require(row.halted is None, f"partition {row.partition} stands still: {row.halted}")
    finding.require(
        database.unpublished == 0, f"{database.unpublished} messages were not published"
    )
    if log is not None:
        took = log.drained_after
        finding.compared["drains"] += 1
        if took is None:
            finding.violate(f"not drained {log.bound:.0f} s after the last fault")
        else:
            finding.require(
                0 <= took <= log.bound, f"drained after {took:.1f} s, bound {log.bound:.1f} s"
            )
    return finding
