"""I8: the database's cursors only go forward, without jumps, each step accounting for itself."""

from tests.verification.checker.known import Known
from tests.verification.checker.verdict import Finding


def cursors(known: Known) -> Finding:
    """Judge I8 by the log of `cursor_log`."""
    finding = Finding("I8", "cursors only go forward, step after step", needed=("steps",))
    at: dict[int, int | None] = {}
    for step in known.seen.database.steps or ():
        where = f"cursor of partition {step.partition}, step {step.number}"
        finding.compared["steps"] += 1
        if step.before != at.get(step.partition):
            stood = at.get(step.partition)
            finding.violate(f"{where}: begins at {step.before}, the one before left it at {stood}")
        if step.after is None:
            finding.violate(f"{where}: deleted at {step.before}")
        elif step.before is not None:
            finding.require(
                step.after > step.before, f"{where}: went from {step.before} to {step.after}"
            )
            finding.require(
                step.accounted == step.after - step.before,
                f"{where}: from {step.before} to {step.after}, counting {step.accounted}",
            )
        at[step.partition] = step.after
    if known.seen.database.steps is None:
        return finding
    rows = {row.partition: row for row in known.seen.database.cursors}
    finding.compared["cursors"] = len(rows)
    for partition in sorted(rows.keys() | at.keys()):
        row, last = rows.get(partition), at.get(partition)
        now = row.next_offset if row is not None else None
        finding.require(now == last, f"cursor of partition {partition} is at {now}, logged {last}")
    first: dict[int, int | None] = {}
    for step in known.seen.database.steps:
        first.setdefault(step.partition, step.after if step.before is None else step.before)
    for partition, row in rows.items():
        began, logged = row.first_offset, first.get(partition)
        finding.require(
            began == logged, f"cursor of partition {partition} began at {began}, logged {logged}"
        )
    return finding
