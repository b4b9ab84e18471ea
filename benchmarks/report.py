"""Rates of one run or of several, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, fields
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.processor_time import PartTimes

_WORKER = "worker, 1 process"


@dataclass(frozen=True, slots=True)
class Rate:
    """What was measured, how many a second, and what to know about it. `costs`: processor
    microseconds an event, of what several parts do together."""

    name: str
    per_second: float
    remark: str
    costs: PartTimes | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The same of all runs. `worker`: the median of the worker beside this one's; None if there was
    no worker. `costs`: the median of each part."""

    name: str
    least: float
    median: float
    most: float
    worker: float | None
    remark: str
    costs: PartTimes | None = None


def joined(runs: Sequence[Sequence[Rate]]) -> list[ReportRow]:
    """Put runs together, which measured the same things in the same order."""
    rows_: list[ReportRow] = []
    of_all = {rates[0].name: rates for rates in zip(*runs, strict=True)}
    by_name = {name: [rate.per_second for rate in rates] for name, rates in of_all.items()}
    ours = median(by_name[_WORKER]) if _WORKER in by_name else None
    for rate in runs[0]:
        values = by_name[rate.name]
        middle = median(values)
        beside = ours / middle if ours is not None else None
        costs = _median([rate.costs for rate in of_all[rate.name] if rate.costs is not None])
        least, most = min(values), max(values)
        rows_.append(ReportRow(rate.name, least, middle, most, beside, rate.remark, costs))
    return rows_


def _median(costs: Sequence[PartTimes]) -> PartTimes | None:
    if not costs:
        return None
    return PartTimes(*(median(parts) for parts in zip(*map(astuple, costs), strict=True)))


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


def show_costs(rows: Sequence[ReportRow], processors: int) -> None:
    """Print what an event costs each part of a worker's run, and beside the rate that was reached
    the rate that the machine would allow if the worker cost nothing."""
    table = Table(title=f"processor us an event; {processors} processors")
    table.add_column("")
    costs: list[PartTimes] = []
    reached: list[float] = []
    for row in rows:
        if row.costs is not None:
            table.add_column(row.name, justify="right")
            costs.append(row.costs)
            reached.append(row.median)
    for part in (field.name for field in fields(PartTimes)):
        table.add_row(part, *(f"{getattr(cost, part):.1f}" for cost in costs))
    table.add_row("outside the worker", *(f"{cost.outside:.1f}" for cost in costs))
    limits = [cost.limit(processors) for cost in costs]
    table.add_row("a second at most", *(f"{limit:,.0f}" for limit in limits))
    table.add_row("reached", *(f"{rate:,.0f}" for rate in reached))
    shares = (rate / limit for rate, limit in zip(reached, limits, strict=True))
    table.add_row("reached : at most", *(f"{share:.2f}" for share in shares))
    Console().print(table)
