"""What a catalog costs a worker: `python -m benchmarks.catalogs mentorloop recognition`.

The same mentoring events are processed by a worker's transactions under two catalogs, in turns,
each time on a database of its own, in one process and without Kafka. Of each pair the ratio is
kept: what else the machine does changes both.
"""

import argparse
import subprocess
import sys
from itertools import islice
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.growth.timing import intake
from benchmarks.history import history
from benchmarks.load import Load
from engine.local.embedded_postgres import embedded_postgres

_WARM = 2_000


def main() -> None:
    """Run and print, or, as a child, process one history and print its cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("catalogs", nargs=2, metavar="CATALOG", help="names or paths")
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--events", type=int, default=40_000)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(*_cost(given.catalogs[0], given.events))
        return
    first, second = given.catalogs
    pairs: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for number in range(given.pairs):
        order = (first, second) if number % 2 == 0 else (second, first)
        costs = {name: _in_a_child(name, given.events) for name in order}
        pairs.append((costs[first], costs[second]))
    _show(first, second, pairs)


def _cost(catalog: str, events: int) -> tuple[float, float]:
    """Microseconds of processor an event: in our process, and in PostgreSQL's for us."""
    with embedded_postgres() as postgres, intake(postgres.url, catalog) as place:
        records = history(Load(events=_WARM + events))
        place.take(islice(records, _WARM))  # a worker parses its catalog once
        cost = place.take(records)
    return cost.python_us, cost.postgres_us


def _in_a_child(catalog: str, events: int) -> tuple[float, float]:
    """The same in a process of its own: one that has worked is warm."""
    command = [sys.executable, "-m", "benchmarks.catalogs", catalog, catalog, "--child"]
    command += ["--events", str(events)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    python, postgres = map(float, done.stdout.split())
    return python, postgres


def _show(
    first: str, second: str, pairs: list[tuple[tuple[float, float], tuple[float, float]]]
) -> None:
    table = Table("", first, second, "ratio (median)", "lowest", "highest")
    for position, name in enumerate(("worker, us an event", "PostgreSQL, us an event")):
        ratios = [other[position] / one[position] for one, other in pairs]
        table.add_row(
            name,
            f"{median(one[position] for one, _ in pairs):,.1f}",
            f"{median(other[position] for _, other in pairs):,.1f}",
            *(f"{ratio:.3f}" for ratio in (median(ratios), min(ratios), max(ratios))),
        )
    Console().print(table)


if __name__ == "__main__":
    main()
