"""Rates of one run or of several, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from rich.console import Console
from rich.table import Table

_WORKER = "worker, 1 process"


@dataclass(frozen=True, slots=True)
class Rate:
    """What was measured, how many a second, and what to know about it."""

    name: str
    per_second: float
    remark: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The same of all runs. `worker`: the median of the worker beside this one's; None if there was
    no worker."""

    name: str
    least: float
    median: float
    most: float
    worker: float | None
    remark: str


def joined(runs: Sequence[Sequence[Rate]]) -> list[ReportRow]:
    """Put runs together, which measured the same things in the same order."""
    rows_: list[ReportRow] = []
    by_name = {
        rates[0].name: [rate.per_second for rate in rates] for rates in zip(*runs, strict=True)
    }
    ours = median(by_name[_WORKER]) if _WORKER in by_name else None
    for rate in runs[0]:
        values = by_name[rate.name]
        middle = median(values)
        beside = ours / middle if ours is not None else None
        rows_.append(ReportRow(rate.name, min(values), middle, max(values), beside, rate.remark))
    return rows_


def as_json(rows: Sequence[ReportRow]) -> list[dict[str, object]]:
    """For a file."""
    return [asdict(row) for row in rows]


def show(title: str, rows: Sequence[ReportRow]) -> None:
    """Print a table."""
    several = any(row.least != row.most for row in rows)
    table = Table(title=title)
    table.add_column("")
    for name in ("a second", *(["least", "most"] if several else ["us each"]), "worker : it"):
        table.add_column(name, justify="right")
    table.add_column("")
    for row in rows:
        rounds = [f"{row.least:,.0f}", f"{row.most:,.0f}"]
        table.add_row(
            row.name,
            f"{row.median:,.0f}",
            *(rounds if several else [f"{1e6 / row.median:,.1f}"]),
            f"{row.worker:.2f}" if row.worker is not None else "",
            row.remark,
        )
    Console().print(table)
