"""The figures of `benchmarks.growth` as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import LinearRegression, linear_regression

from rich.console import Console
from rich.table import Table

from benchmarks.growth.sizes import Size
from benchmarks.growth.timing import Cost

# What a slope is shown for, and under what name.
_UNITS = {
    "ledger": (1_000_000, "million facts"),
    "loops": (10_000, "10,000 loops"),
    "programs": (100, "100 programs"),
    "group": (10, "10 people"),
    "mentor": (100, "100 loops"),
}


@dataclass(frozen=True, slots=True)
class GrowthPoint:
    """`value`: of what is varied. `state`: cold, restarted or warm. `facts`: in the ledger at the
    end, `sizes` for each of them, by table."""

    value: int
    state: str
    facts: int
    cost: Cost
    sizes: dict[str, Size]


def lines(points: Sequence[GrowthPoint]) -> dict[str, LinearRegression]:
    """The microseconds that pass for an event, by what is varied, for each state that was measured
    at two values at least."""
    slopes = {}
    for state in dict.fromkeys(point.state for point in points):
        at = [(point.value, point.cost.wall_us) for point in points if point.state == state]
        if len({value for value, _ in at}) > 1:
            slopes[state] = linear_regression(*zip(*at, strict=True))
    return slopes


def progress(name: str, point: GrowthPoint) -> None:
    """Say on standard error that a point was measured."""
    Console(stderr=True).print(
        f"{name} {point.value:,} {point.state}: {point.cost.wall_us:.0f} us an event"
    )


def show(name: str, points: Sequence[GrowthPoint]) -> None:
    """Print what was measured of one thing that is varied."""
    console = Console()
    console.print(_costs(name, points))
    unit, words = _UNITS[name]
    for state, line in lines(points).items():
        console.print(
            f"{state}: wall us = {line.intercept:,.1f} + {line.slope * unit:,.3f} for each {words}"
        )
    console.print(_sizes(name, max(points, key=lambda point: (point.facts, point.value))))


def _costs(name: str, points: Sequence[GrowthPoint]) -> Table:
    table = Table(title=f"{name}: for each event, of {points[0].cost.events:,}")
    for title in (name, "", "wall us", "python us", "postgres us", "WAL bytes", "facts at the end"):
        table.add_column(title, justify="right" if title else "left")
    for point in points:
        cost = point.cost
        table.add_row(
            f"{point.value:,}",
            point.state,
            f"{cost.wall_us:,.1f}",
            f"{cost.python_us:,.1f}",
            f"{cost.postgres_us:,.1f}",
            f"{cost.wal_bytes:,.0f}",
            f"{point.facts:,}",
        )
    return table


def _sizes(name: str, point: GrowthPoint) -> Table:
    table = Table(title=f"for each of {point.facts:,} facts ({name} {point.value:,})")
    for title in ("table", "rows", "bytes", "of these indexes"):
        table.add_column(title, justify="left" if title == "table" else "right")
    for title, size in point.sizes.items():
        table.add_row(title, f"{size.rows:.3f}", f"{size.bytes:,.0f}", f"{size.of_indexes:,.0f}")
    table.add_section()
    table.add_row(
        "all",
        "",
        f"{sum(size.bytes for size in point.sizes.values()):,.0f}",
        f"{sum(size.of_indexes for size in point.sizes.values()):,.0f}",
    )
    return table
